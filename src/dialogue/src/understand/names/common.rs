//! Words that are no names: where a name ends, and what a bare reply that is
//! no name is made of. Folded, sorted.

use crate::understand::calendar;

/// Words that never begin or continue a name unless they are written as one.
#[rustfmt::skip]
pub(super) static COMMON: [&str; 1365] = [
    "a", "abandonne", "abces", "abord", "absolument", "absurde", "accident", "accompagne", "accompagner", "accord",
    "accouche", "accueil", "achete", "actuellement", "ado", "adolescent", "adolescente", "adresse", "adressee",
    "afin", "agacant", "age", "agent", "agente", "agit", "agreable", "ah", "ai", "aide", "aije", "aimerais",
    "aimerait", "aimerions", "aine", "ainee", "aller", "allergie", "allergique", "allez", "allo", "allons", "alors",
    "ami", "amie", "an", "angine", "anglais", "annee", "anniversaire", "annulation", "annule", "annuler", "anonyme",
    "anonymement", "ans", "aout", "appareil", "apparemment", "appartement", "appel", "appele", "appeler", "appelez",
    "appelle", "appellerai", "appelles", "apres", "arobas", "arobase", "arret", "arrive", "arriver", "artificielle",
    "as", "assez", "assistant", "assistante", "assurance", "assure", "assuree", "attend", "attendez", "attends",
    "attente", "attention", "attestation", "au", "aucun", "aucune", "aujourdhui", "auparavant", "aurai", "aurais",
    "aurait", "auriez", "aussi", "autant", "automatique", "autour", "autre", "autrement", "autres", "aux", "avais",
    "avait", "avale", "avance", "avant", "avec", "avez", "aviez", "avocat", "avocats", "avoir", "avons", "avril",
    "ayant", "bah", "bas", "beau", "beaucoup", "beaute", "bebe", "belle", "ben", "besoin", "bien", "bientot",
    "bilan", "bin", "bis", "bizarre", "blesse", "bof", "bon", "bonjour", "bonne", "bonsoir", "bouge", "bouger",
    "boulot", "bouton", "boutons", "bras", "bref", "bronchite", "bruit", "brule", "brulure", "ca", "cabinet",
    "cadet", "cadette", "car", "carrement", "carte", "casse", "cassee", "ce", "ceci", "cela", "celle", "celui",
    "cent", "certain", "certainement", "certificat", "ces", "cest", "cet", "cette", "change", "changement",
    "changer", "chaque", "chaud", "chaudiere", "cher", "cherchais", "cherche", "chercher", "chercherai", "cheville",
    "chez", "chiant", "chirurgien", "choisir", "choix", "chose", "ci", "cinq", "cinquante", "clairement", "client",
    "cliente", "coeur", "college", "collegue", "combien", "comme", "commence", "comment", "compagne", "compagnon",
    "compliment", "complique", "compliquee", "comprend", "comprends", "compris", "comptable", "compte",
    "concernant", "concerne", "confidentiel", "confidentielle", "confirmation", "confirme", "confirmer", "conjoint",
    "conjointe", "connais", "connaissez", "connait", "connard", "connerie", "conseil", "conseille", "conseillee",
    "conseiller", "conseillere", "conseils", "consultation", "consulter", "content", "contente", "continue",
    "contrat", "contre", "controle", "convulse", "copain", "copine", "corps", "correct", "correcte", "cote", "cou",
    "coucou", "coup", "coupe", "couper", "courant", "courrier", "cours", "cousine", "covid", "creche", "creneau",
    "creneaux", "crois", "croit", "croyais", "cystite", "d", "dac", "dans", "de", "deborde", "debordee", "debut",
    "decale", "decaler", "decembre", "decommander", "deja", "delicat", "delicate", "demain", "demandais", "demande",
    "demander", "demangeaisons", "demi", "dent", "dentaire", "dentiste", "dents", "deplace", "deplacee", "deplacer",
    "depression", "depuis", "derangement", "deranger", "dermato", "dernier", "derniere", "derriere", "des",
    "desagreable", "desire", "desirerais", "desole", "desolee", "details", "detartrage", "deux", "deuxieme",
    "devais", "devant", "devis", "devrais", "devrait", "diabetique", "diable", "differents", "difficile",
    "dimanche", "dimanches", "dingue", "dire", "directeur", "directrice", "dis", "dispo", "disponibilite",
    "disponibilites", "disponible", "disponibles", "dispos", "dit", "dites", "divorce", "dix", "docteur", "doctolib",
    "document", "documents", "doigt", "dois", "doit", "dommage", "donc", "donne", "donner", "donnez", "dont",
    "dormir", "dort", "dos", "dossier", "douleur", "douleurs", "douze", "dr", "droit", "drole", "du", "dur",
    "durant", "e", "echographie", "ecole", "ecoute", "ecouter", "ecoutez", "ecrire", "ecrit", "eczema",
    "effectivement", "egal", "egalement", "eh", "elle", "elles", "email", "embete", "emmene", "empeche", "en",
    "enceinte", "enchante", "enchantee", "encombre", "encore", "enervant", "enfant", "enfants", "enfin", "english",
    "ennuie", "ensuite", "entendez", "entendre", "entends", "entendu", "entier", "entiere", "entre", "entretien",
    "envie", "envoie", "envoye", "envoyer", "envoyez", "epaule", "epele", "epeler", "epelle", "ephemere", "epouse",
    "epoux", "epuise", "es", "esperons", "essaie", "est", "estce", "estimation", "et", "etage", "etaient", "etais",
    "etait", "etant", "etat", "ete", "etes", "etiez", "etions", "etouffe", "etre", "etudiant", "etudiante", "eu",
    "euh", "euros", "eux", "eventuellement", "evidemment", "evident", "exact", "exactement", "examen", "excellent",
    "excellente", "excuse", "excusez", "excusezmoi", "existe", "explique", "expliquer", "expres", "externe", "face",
    "facture", "facultatif", "faire", "fais", "faisais", "faisait", "fait", "faites", "falloir", "famille",
    "fatigue", "fatiguee", "faudra", "faudrait", "faut", "faux", "femme", "fera", "ferai", "ferez", "ferme",
    "fermer", "fermeture", "fesses", "fevrier", "fievre", "fille", "filles", "fillette", "fils", "fin",
    "finalement", "fini", "finir", "finit", "fixe", "fois", "font", "force", "forme", "fort", "forte", "fortement",
    "fracture", "francais", "franchement", "frere", "froid", "fuite", "fumer", "gamin", "gamine", "garcons",
    "gastro", "gauche", "genant", "genante", "gene", "general", "generalement", "genial", "genou", "genoux",
    "genre", "gens", "gmail", "good", "gorge", "gosse", "grain", "grains", "grand", "grande", "grandmere",
    "gratuit", "grave", "grippe", "gros", "grosse", "grossesse", "groupe", "gueule", "h", "habite", "habituel",
    "habituelle", "hanche", "hein", "hello", "heu", "heure", "heures", "heureuse", "heureusement", "heureux", "hey",
    "hier", "honteux", "hop", "hopital", "horaires", "hors", "hotel", "hotmail", "huit", "hum", "ici", "idee",
    "idem", "identite", "idiot", "il", "ils", "imagine", "imbecile", "immediatement", "implant", "important",
    "importe", "impossible", "inadmissible", "inconnu", "inconvenient", "incroyable", "indispensable", "infirmier",
    "infirmiere", "info", "information", "informations", "inquiet", "inquiete", "inscription", "inscrire",
    "inscrit", "installe", "intelligence", "interesse", "interminable", "interne", "internet", "intime", "intimes",
    "inutile", "ira", "irai", "irm", "iront", "j", "jai", "jaimerais", "jamais", "jambe", "jambes", "janvier",
    "jappelle", "je", "jeudi", "jeudis", "joignable", "joindre", "jour", "journee", "jours", "juillet", "juin",
    "jumeaux", "jumelles", "juridique", "jusqua", "jusque", "juste", "justement", "kine", "l", "la", "lache",
    "laisse", "laisser", "laissez", "laquelle", "le", "lendemain", "lentement", "lequel", "les", "lesquels", "leur",
    "leurs", "libre", "libres", "ligne", "lire", "livraison", "logiciel", "logique", "loin", "long", "longtemps",
    "lors", "lorsque", "lui", "lundi", "lundis", "lunettes", "lycee", "m", "ma", "machin", "machine", "madame",
    "mademoiselle", "magnifique", "mai", "mail", "main", "maintenant", "mais", "maison", "maitre", "mal", "malade",
    "malaise", "malaises", "malentendant", "malentendante", "malheureusement", "maman", "mami", "mamie", "mamy",
    "manger", "manque", "mappelle", "marche", "mardi", "mardis", "mari", "marrant", "mars", "matin", "matinee",
    "matins", "me", "medecin", "medical", "medicament", "medicaments", "meilleur", "meme", "memes", "merci",
    "mercredi", "mercredis", "merde", "mere", "mes", "message", "mesure", "met", "mets", "mettez", "mettre", "midi",
    "mieux", "mignon", "migraine", "mille", "minuit", "minute", "minutes", "mlle", "mm", "mme", "mobile", "moi",
    "moins", "mois", "moment", "mon", "monde", "monsieur", "morning", "mot", "motif", "mouais", "moyen", "mr",
    "musique", "mutuel", "mutuelle", "n", "naissance", "name", "nan", "ne", "necessaire", "nee", "need", "nerveuse",
    "nerveux", "nes", "neuf", "neveu", "ni", "niece", "niveau", "nom", "nombre", "nommee", "nommer", "noms", "non",
    "nope", "normal", "normalement", "nos", "note", "noter", "notre", "nourrisson", "nous", "nouveau", "nouveaux",
    "nouvelle", "nouvelles", "novembre", "nuit", "nul", "numero", "numeros", "obligatoire", "oblige", "obligee",
    "obtenir", "occupe", "occupee", "octobre", "oeil", "oh", "ok", "okay", "on", "oncle", "ongle", "ont", "onze",
    "operateur", "operation", "operatrice", "opere", "operee", "ophtalmo", "or", "ordinateur", "ordonnance",
    "ordonnances", "oreille", "oreilles", "otite", "ou", "ouaip", "ouais", "oublie", "oublier", "ouf", "oui",
    "outlook", "outre", "ouvert", "ouverts", "ouverture", "ouvrez", "ouvrir", "panne", "pansement", "papa", "papi",
    "papier", "papiers", "papy", "par", "parce", "pardon", "pareil", "parents", "parfait", "parfaitement",
    "parfois", "parking", "parle", "parler", "part", "parti", "particulier", "particuliere", "partir", "pas",
    "passe", "passer", "passerai", "patient", "patiente", "patientez", "patients", "patron", "payer", "peau",
    "pendant", "penible", "pensais", "pense", "perdu", "perdue", "pere", "permettez", "permis", "persistant",
    "perso", "personne", "personnel", "personnelle", "personnelles", "personnes", "petit", "petite", "petits",
    "peu", "peur", "peut", "peutetre", "peux", "pied", "pieds", "pile", "piqure", "pire", "piscine", "pitie",
    "place", "plaie", "plainte", "plaisante", "plaisir", "plait", "please", "pleine", "pleure", "plombe",
    "plombier", "pluie", "plus", "plusieurs", "plutard", "plutot", "poignet", "point", "points", "police",
    "pompiers", "portable", "porte", "porter", "poser", "possible", "poumons", "pour", "pourquoi", "pourra",
    "pourrais", "pourrait", "pourriez", "pourrions", "pourtant", "pouvais", "pouvez", "pouvoir", "pr", "pratique",
    "pratiquement", "preciser", "prefere", "prefererais", "prelevement", "premier", "premiere", "prend", "prendre",
    "prends", "prenez", "prenom", "prenoms", "prescription", "presente", "presenter", "presque", "pressant",
    "presse", "pressee", "pressent", "pret", "prevenir", "prevu", "prie", "pris", "prise", "prive", "privee",
    "prix", "probleme", "problemes", "prochain", "prochaine", "proche", "professeur", "profession", "programmer",
    "propos", "proposer", "proposez", "puis", "puisje", "puisque", "putain", "q", "qu", "quand", "quarante",
    "quart", "quasiment", "quatorze", "quatre", "que", "quel", "quelle", "quelles", "quelqu", "quelque", "quelques",
    "quelquun", "quels", "quest", "question", "questions", "qui", "quinzaine", "quinze", "quinzieme", "quoi",
    "quoiqu", "quoique", "raccroche", "radio", "radiologie", "raison", "rapide", "rapidement", "rappel", "rappeler",
    "rappelerai", "rappelez", "rappelle", "rappellerai", "ravi", "ravie", "rdv", "rdvs", "recevoir", "recherche",
    "recois", "recommande", "recommence", "recommencez", "reessayer", "refaire", "refuse", "regarde", "regarder",
    "rein", "remboursement", "remercie", "rendez", "rendezvous", "renouveler", "renouvelle", "renouvellement",
    "renseignement", "renseignements", "renvoyer", "repasser", "repete", "repeter", "repetez", "repondez",
    "repondre", "reponds", "reponse", "reporte", "reporter", "reportez", "repose", "repousser", "reprendre",
    "reprends", "reservation", "reserve", "reserver", "respire", "responsable", "restaurant", "rester", "resultat",
    "resultats", "retard", "retarder", "retour", "retraite", "retraitee", "retrouve", "retrouver", "reunion",
    "revenir", "reviendra", "reviendrai", "reviens", "revoir", "rhume", "ridicule", "rien", "robinet", "robot",
    "rougeurs", "rue", "s", "sa", "saigne", "sais", "sait", "salaud", "salle", "salope", "salut", "samedi",
    "samedis", "samu", "sans", "saurais", "savais", "savait", "savez", "savoir", "scandaleux", "scanner", "se",
    "seconde", "secondes", "secours", "secret", "secretaire", "secretaires", "secretariat", "secrete", "secu",
    "securite", "seize", "semaine", "semaines", "semble", "sens", "sensation", "sept", "septembre", "sera", "serai",
    "serais", "serait", "seraitce", "seras", "sereine", "serez", "serieusement", "serieux", "seriez", "seront",
    "service", "services", "ses", "seul", "seulement", "sexe", "si", "signe", "simple", "simplement", "sinon",
    "six", "societe", "soeur", "soi", "soin", "soins", "soir", "soiree", "soirs", "sois", "soit", "soixante",
    "sommeil", "sommes", "son", "sont", "sorry", "sors", "sortir", "souci", "souffre", "souhaite", "souhaiterai",
    "souhaiterais", "souhaitons", "sourd", "sourde", "sous", "souvenir", "souvent", "soyez", "speak", "special",
    "specialiste", "standard", "stationnement", "stop", "stress", "stresse", "stressee", "suffit", "suis", "suite",
    "suivant", "suivante", "suivi", "sujet", "super", "sur", "surtout", "suture", "sympa", "t", "ta", "tant",
    "tante", "tard", "tarder", "tarif", "tarifs", "te", "technique", "tel", "telephone", "telephoner", "telephones",
    "telephonique", "telle", "tellement", "tels", "temps", "tenait", "tenez", "tenir", "tension", "terrible", "tes",
    "test", "tete", "texte", "the", "tiens", "toc", "toi", "toilette", "tombe", "tombee", "tomber", "ton", "tot",
    "total", "toucher", "toujours", "tous", "tousse", "tousser", "tout", "toute", "toutes", "toux", "traitement",
    "tranquille", "tranquillement", "transferer", "transferez", "transfert", "travail", "travaille", "treize",
    "trente", "tres", "triste", "trois", "troisieme", "trompe", "trompee", "trop", "trouble", "trouve", "trouver",
    "tu", "tuteur", "tutrice", "un", "une", "urgence", "urgences", "urgent", "urgente", "urgentiste", "urine",
    "utile", "va", "vacances", "vaccin", "vaccination", "vaccine", "vais", "valable", "vas", "vendre", "vendredi",
    "vendredis", "venez", "venir", "ventre", "venu", "verifier", "verrue", "vers", "vertige", "vertiges",
    "veuillez", "veut", "veux", "vie", "viendra", "viendrai", "viendrais", "viens", "vient", "vingt", "virgule",
    "vis", "visio", "visite", "visiter", "vit", "vite", "vocal", "vocale", "voici", "voiciil", "voie", "voila",
    "voir", "vois", "voisine", "voiture", "voix", "vomi", "vomir", "vomit", "vont", "vos", "votre", "voudra",
    "voudrai", "voudrais", "voudrait", "voudrions", "voulais", "voulait", "voulez", "vouliez", "voulions", "voulu",
    "vous", "voyez", "voyons", "vrai", "vraiment", "vraisemblablement", "vu", "want", "week", "weekend", "y",
    "yahoo", "yes", "yeux", "you", "zero", "zut",
];

/// True for a word that is no name.
pub(super) fn is_common(folded: &str) -> bool {
    COMMON.binary_search(&folded).is_ok()
}

/// Common words that keep their capital by mistake of a recogniser.
pub(super) fn is_never_a_name(folded: &str) -> bool {
    calendar::is_weekday(folded)
        || matches!(
            folded,
            "je" | "j"
                | "madame"
                | "monsieur"
                | "mme"
                | "mr"
                | "mademoiselle"
                | "docteur"
                | "bonjour"
                | "bonsoir"
                | "oui"
                | "non"
                | "merci"
                | "allo"
                | "et"
                | "pour"
                | "le"
                | "la"
                | "les"
                | "un"
                | "une"
                | "des"
                | "mon"
                | "ma"
                | "mes"
                | "il"
                | "elle"
                | "on"
                | "nous"
                | "vous"
                | "euh"
                | "alors"
                | "donc"
                | "c"
                | "est"
                | "voila"
                | "ok"
                | "ca"
                | "a"
                | "au"
                | "avec"
                | "urgence"
                | "vous-meme"
                | "qui"
                | "que"
                | "quoi"
                | "rendez"
                | "docteurs"
                | "maitre"
                | "professeur"
                | "dr"
                | "doctolib"
                | "google"
                | "internet"
                | "francais"
                | "francaise"
        )
}
