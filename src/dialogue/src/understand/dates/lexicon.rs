//! The words that matter for dates and times, and what each stands for.

use std::{collections::HashMap, sync::LazyLock};

/// Declares the plain words once: the variant and its spellings, folded.
macro_rules! lexicon {
    ($($name:ident = $spellings:literal,)*) => {
        /// What a word stands for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Lex {
            /// A cardinal, composed ("vingt et un" is one).
            Number(u16),
            /// A cardinal in figures that begins with zero ("06").
            Padded(u16),
            /// An ordinal.
            Ordinal(u16),
            /// A weekday, Monday = 0.
            Weekday(i8),
            /// A weekday in the plural ("les mardis").
            Weekdays(i8),
            /// A month, January = 1.
            Month(i8),
            /// `,` or `:` after a word.
            Comma,
            /// The end of a sentence.
            Stop,
            /// `/` inside a word.
            Slash,
            /// `:` inside a word.
            Colon,
            /// A hyphen between figures.
            Dash,
            /// Any other word.
            Other,
            $(
                #[doc = $spellings]
                $name,
            )*
        }
        const PLAIN: &[(Lex, &str)] = &[$((Lex::$name, $spellings),)*];
    };
}

lexicon! {
    Heure = "heure heures h heur heurs eure eures",
    Minute = "minute minutes min mn",
    Demi = "demi demie demis demies",
    Quart = "quart quarts",
    Midi = "midi midis",
    Minuit = "minuit",
    Moins = "moins",
    Plus = "plus",
    Jour = "jour jours",
    Journee = "journee journees",
    Semaine = "semaine semaines",
    Mois = "mois",
    An = "an ans annee annees",
    Quinzaine = "quinzaine",
    Huitaine = "huitaine",
    Dizaine = "dizaine",
    Weekend = "weekend weekends",
    Matin = "matin matins matinee matinees mat matine",
    Soir = "soir soirs soiree soirees soire",
    ApresMidi = "apresmidi aprem aprems",
    Nuit = "nuit",
    Demain = "demain",
    Lendemain = "lendemain",
    Surlendemain = "surlendemain",
    ApresDemain = "apresdemain",
    Aujourdhui = "aujourdhui aujourdui ojourdhui",
    Hier = "hier",
    Veille = "veille",
    Avant = "avant",
    Apres = "apres",
    Passe = "passe passee passees passes",
    Vers = "vers environ autour alentours approximativement",
    Entre = "entre",
    Dans = "dans",
    Ici = "ici",
    Jusque = "jusque jusqu jusquau jusqua",
    Partir = "partir compter",
    Des = "des",
    Sous = "sous",
    Debut = "debut",
    Fin = "fin",
    Milieu = "milieu",
    Mi = "mi",
    Courant = "courant",
    Cours = "cours",
    Tot = "tot",
    Tard = "tard",
    Reste = "reste restant",
    Prochain = "prochain prochaine prochains prochaines",
    Suivant = "suivant suivante suivants suivantes",
    Venir = "venir",
    Precedent = "precedent precedente precedant precede",
    Dernier = "dernier derniere derniers dernieres",
    Ce = "ce cet cette ces",
    Ci = "ci",
    Le = "le l la",
    Les = "les",
    De = "de d",
    Du = "du",
    A = "a",
    Au = "au aux",
    En = "en",
    Pour = "pour",
    Sur = "sur",
    Et = "et",
    Ou = "ou",
    Ni = "ni",
    Sauf = "sauf excepte exceptee excepter hormis",
    Part = "part",
    Pas = "pas jamais",
    Ne = "ne n",
    Non = "non nan",
    Pardon = "pardon excusez desole desolee erreur trompe trompee",
    Enfin = "enfin finalement",
    Plutot = "plutot",
    Instead = "remplacement",
    Que = "que qu",
    Mais = "mais",
    Sinon = "sinon",
    Contre = "contre revanche",
    Car = "car parce puisque vu donc",
    Tous = "tous toutes tout toute",
    Chaque = "chaque",
    Importe = "importe",
    Quel = "quel quelle quels quelles",
    Quand = "quand lorsque",
    Vous = "vous",
    Voulez = "voulez voudrez",
    Possible = "possible possibles",
    Vite = "vite rapidement",
    Urgent = "urgent urgence urgente urgemment asap",
    Delais = "delais delai",
    Peux = "peux peut pourrai pourrais pourra pouvons pourrons pourrait",
    Suis = "suis serai serais sera serons sommes est",
    Va = "va vont ira irait",
    Arrange = "arrange arrangera arrangerait convient conviendra conviendrait marche colle",
    Travaille = "travaille travaillerai bosse travaillons",
    Finis = "finis termine finirai terminerai finit debauche sors sort finissent sortent",
    Commence = "commence embauche commencerai attaque",
    Dispo = "disponible disponibles dispo dispos libre libres",
    Impossible = "impossible complique exclu mort",
    Absent = "absent absente absents absentes occupe occupee indisponible pris prise",
    Evite = "evitez eviter evite",
    Vacances = "vacances deplacement voyage",
    Ecole = "ecole creche college lycee garderie classe classes",
    Travail = "travail boulot taf travailler taff",
    Dejeuner = "dejeuner sieste",
    Pause = "pause",
    Enfant = "enfant enfants petits petit gamins fils fille petite gosses",
    Depuis = "depuis",
    Pendant = "pendant durant",
    Y = "y",
    Ya = "ilya",
    Noel = "noel",
    Paques = "paques",
    Nouvel = "nouvel",
    Toussaint = "toussaint",
    Halloween = "halloween",
    Pentecote = "pentecote",
    Ascension = "ascension",
    Assomption = "assomption",
    Armistice = "armistice",
    Saint = "saint sainte",
    Pont = "pont",
    Sylvestre = "sylvestre",
    Reveillon = "reveillon reveillons",
    Gras = "gras",
    Cendres = "cendres",
    Rameaux = "rameaux",
    Fete = "fete",
    Fetes = "fetes",
    Peres = "peres",
    Meres = "meres",
    Seulement = "seulement uniquement",
    Je = "je j",
    Ca = "ca cela",
    Bon = "bonne bon belle excellente bonnes",
    Civil = "monsieur madame mademoiselle mme mr mlle docteur dr",
    Unit = "euros euro personnes personne kilos pieces etoiles etudiants rue avenue boulevard bis ter fois pourcent metres grammes degres unites pages impasse allee chemin semestre consultations seances visites soins examens controles bilans massages",
    Prefere = "prefere prefererais preference",
    Probleme = "probleme problemes souci soucis",
    Avez = "avez auriez aurait avait as resterait restera",
    Pourquoi = "pourquoi",
    Creneau = "creneau creneaux disponibilite disponibilites date dates place places rdv rendez horaire",
    Meilleur = "meilleurs",
    Aussitot = "aussitot immediatement",
    Sortie = "sortie sortant",
    Commencant = "commencant debutant",
    Tantot = "tantot",
    Ouverture = "ouverture",
    Etre = "etre",
    Was = "venu venue venus opere operee recu recue appele hospitalise hospitalisee tombe tombee accouche",
    Lives = "habite habitons reside demeure loge",
    Takes = "emmene conduis amene",
    Fetches = "recupere cherche recuperer chercher repars repartir",
    Train = "train bus avion car",
    Pense = "sais crois pense",
    Maintenant = "maintenant",
    Maximum = "maximum maxi max",
    Trop = "trop",
        Autre = "autre autres",
        Celle = "celle celles celui",
            Suite = "suite",
    Attendre = "attendre",
    Effort = "attente route trajet retard transport voiture",
    Birth = "nee nes nees naissance",
    Errand = "avoir aller deposer depose emmener",
    Ai = "ai avons",
    Wish = "voudrais voudrait voudrions aimerais aimerait souhaite souhaiterais faudrait faut mettez donnez",
    Rearrange = "decaler decale decalez deplacer deplace deplacez reporter reporte reportez repousser repousse repoussez avancer avancez changer changez remettre remettez mettre modifier modifie modifiez bouger bouge bougez reculer recule",
    Activity = "kine piscine danse sport gym yoga foot judo tennis musique chorale reunion reunions formation dialyse chimio solfege natation catechisme pilates theatre hand handball basket rugby escalade equitation reeducation permanence astreinte",
}

/// Spellings of weekdays, Monday first; recognisers hear some of them so.
const WEEKDAYS: [&str; 7] = [
    "lundi lundit",
    "mardi mardit",
    "mercredi mecredi mercredit mercredie",
    "jeudi jeudit",
    "vendredi vendredit vandredi",
    "samedi samdi samedit",
    "dimanche",
];

const MONTHS: [&str; 12] = [
    "janvier janv jan",
    "fevrier fevr fev",
    "mars",
    "avril avr",
    "mai",
    "juin",
    "juillet juil",
    "aout",
    "septembre sep",
    "octobre oct",
    "novembre nov",
    "decembre dec",
];

const ORDINALS: [(u16, &str); 5] = [
    (1, "premier premiere premiers premieres 1er"),
    (2, "deuxieme second seconde"),
    (3, "troisieme"),
    (4, "quatrieme"),
    (5, "cinquieme"),
];

static WORDS: LazyLock<HashMap<&'static str, Lex>> = LazyLock::new(|| {
    let plain = PLAIN.iter().flat_map(|&(lex, all)| all.split(' ').map(move |word| (word, lex)));
    let valued = [
        (&WEEKDAYS[..], Lex::Weekday as fn(i8) -> Lex, 0),
        (&MONTHS[..], Lex::Month as fn(i8) -> Lex, 1),
    ];
    let valued = valued.into_iter().flat_map(|(table, make, first)| {
        table
            .iter()
            .zip(first..)
            .flat_map(move |(all, n)| all.split(' ').map(move |w| (w, make(n))))
    });
    let ordinals = ORDINALS
        .iter()
        .flat_map(|&(n, all)| all.split(' ').map(move |word| (word, Lex::Ordinal(n))));
    plain.chain(valued).chain(ordinals).collect()
});

/// What a folded word stands for; numbers are read elsewhere.
pub(super) fn look_up(folded: &str) -> Lex {
    if let Some(lex) = WORDS.get(folded) {
        return *lex;
    }
    match folded.strip_suffix('s').and_then(|singular| WORDS.get(singular)) {
        Some(Lex::Weekday(day)) => Lex::Weekdays(*day),
        _ => Lex::Other,
    }
}
