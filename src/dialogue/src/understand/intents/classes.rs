//! The word classes that the patterns of the intents share.

use crate::understand::pattern::Classes;

/// Written `@name` in patterns.
pub const CLASSES: Classes = &[
    (
        "want",
        "veux|veut|veu|voudrais|voudrai|voudrait|voudrions|voulais|voulait|voudra|voulons|voulez|\
         souhait*|aimerai*|aimerions|desir*|cherch*|faudrait|faut|fallait|faudra|besoin|envie|\
         voudre|voudrez|vourdrais|plairait|interesse",
    ),
    (
        "rdv",
        "rdv|consultation|consult|creneau|creneaux|crenau|creno|consultations|seance|seances|soin|soins|visite",
    ),
    ("mine", "mon|ma|mes|notre|nos|son|sa|ses|leur|ce|cet|le|la|les|l|votre"),
    (
        "doc",
        "docteur|doc|medecin|dentiste|kine|kinesitherapeute|osteo|osteopathe|praticien|praticienne|\
         toubib|specialiste|dermato*|cardio*|ophtalmo*|gyneco*|pediatre|generaliste|psy|psycho*|\
         psychiatre|sage|orthodontiste|orthophoniste|podologue|pedicure|infirmier*|avocat|avocate|\
         notaire|maitre|coiffeu*|estheticien*|conseiller*|comptable|veterinaire|veto|remplacant*|\
         professeur|chirurgien|estheticienne|masseu*|dieteticien*|nutritionniste|opticien*|garagiste|\
         mecanicien|technicien*|doctoresse|medecins|dentistes",
    ),
    (
        "take",
        "prendre|prend|prends|prenne|prenez|reprendre|reprend|reprends|fixer|fixe|avoir|obtenir|reserver|\
         reserve|caler|poser|planifier|programmer|booker|trouver|donner|donnez|mettre|mettez|ajouter|\
         noter|inscrire|organiser|faire|demander|proposer|proposez|reservez|aurais|convenir|trouvez|refaire|bloquer",
    ),
    (
        "shop",
        "pizzeria|restaurant|mairie|banque|boulangerie|boucherie|fleuriste|pharmacie|garage|poste|\
         leclerc|carrefour|lidl|darty|edf|engie|orange|sfr|taxi|taxis|hotel|camping|impots|prefecture|\
         caf|gendarmerie|commissariat|cinema|piscine|bibliotheque|mediatheque|jardinerie",
    ),
    ("see", "voir|vois|voit|voie|consulter|rencontrer|montrer|consulte|revoir|parler"),
    (
        "come",
        "vienne|venir|passe|passer|viens|vient|consulte|consulter|revienne|revenir|amene|amener|emmener|emmene",
    ),
    (
        "place",
        "place|places|placette|dispo|dispos|disponib*|creneau|creneaux|crenau|creno|libre|libres|trou|desistement|possibilite|possibilites",
    ),
    ("not", "pas|plus|pu|jamais|pa|point|guere"),
    ("day", "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|aujourdhui"),
    (
        "part",
        "matin|matins|apres|midi|soir|soiree|lundi|mardi|mercredi|jeudi|vendredi|samedi|lundis|mardis|mercredis|jeudis|vendredis|samedis|week",
    ),
    (
        "staff",
        "humain|humaine|secretaire|secretariat|personne|quelquun|standardiste|standard|operateur|operatrice|conseiller|conseillere|receptionniste|assistante|accueil|responsable|gens|secretaires|etre|agent|collegue|patron|patronne|directeur|directrice|gerant|gerante|interlocuteur|humains|vrai|vraie",
    ),
    (
        "talk",
        "parler|parle|parlez|avoir|joindre|contacter|passer|passez|passe|discuter|transferer|transferez|basculer|entendre|causer|eu|mettre|mettez|redirig*",
    ),
    ("call", "rappel*|recontact*|rapel*|rapl*|retelephon*"),
    (
        "result",
        "resultat|resultats|analyse|analyses|bilan|bilans|radio|radios|irm|scanner|biopsie|prelevement|prelevements|examens|examen|frottis|echographie|labo|laboratoire|prise|test|tests|resulta|depistage",
    ),
    (
        "script",
        "ordonnance|ordonnances|ordonance|hordonnance|prescription|prescriptions|renouvellement|certificat|certificats|attestation|attestations|arret|duplicata|courrier|lettre|justificatif|justificatifs|medicament|medicaments|traitement|traitements|pilule|compte|bon|dossier|facture|devis|feuille|feuilles|document|documents|papier|papiers|recu|boite|boites",
    ),
];
