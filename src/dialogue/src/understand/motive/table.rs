//! How callers introduce the reason for their visit.

use crate::understand::pattern::Classes;

/// What introduces a motive; the first in this order wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opening {
    /// A complaint: the motive begins with the pattern.
    Symptom,
    /// A usual act, named: the motive begins with the pattern.
    Act,
    /// "Pour", "à cause de": the motive follows the pattern.
    After,
}

/// The classes of this table.
pub const CLASSES: Classes = &[
    ("a", "un|une|le|la|l|les|des|mon|ma|mes|du|de|d|son|sa|ses|notre"),
    (
        "acts",
        "controle|detartrage|renouvellement|vaccin|vaccination|rappel|bilan|certificat|visite|suivi|depistage|frottis|devis|carie|couronne|implant|devitalisation|extraction|blanchiment|massage|reeducation|pansement|pansements|injection|infiltration|echographie|radio|prothese|appareil|semelles|epilation|coupe|couleur|meches|brushing|manucure|soin|soins|verrue|verrues|grain|point|points|plombage|urgence|ordonnance|examen|divorce|succession|vidange|revision|pneus|freins|premiere|teleconsultation|sterilet|operation|grossesse|sevrage|checkup|lunettes|lentilles|mutuelle",
    ),
];

/// The patterns.
pub const TABLE: &[(Opening, &[&str])] = &[
    (
        Opening::Symptom,
        &[
            "mal au|aux|a|partout|de|dans|derriere|en",
            "tres|tellement|trop|super mal au|aux|a|de",
            "douleur|douleurs au|aux|a|dans|de|du|dentaire|dentaires|sous|sur|en|qui",
            "rage de dents|dent",
            "dent|dents cassee|cassees|qui",
            "crise de",
            "fievre|toux|grippe|angine|gastro|otite|bronchite|sinusite|rhume|eczema|allergie|allergies|lumbago|sciatique|torticolis|entorse|tendinite|migraine|migraines|vertiges|insomnie|insomnies|boutons|nausees|cystite|rhinopharyngite|conjonctivite|zona|hernie|acne|psoriasis|abces|aphte|aphtes|gerc|diarrhee|constipation|varicelle|mycose|arthrose|rhumatismes|covid",
            "tord*|foul*|cass* la|ma|le|mon|une|un cheville|poignet|genou|doigt|pied|bras|jambe|epaule|dent|cote",
            "bloque|coince du|le|la|mon|au dos|cou|nuque|epaule|genou",
            "dos|cou|nuque|epaule|genou bloque|coince|bloquee|coincee",
            "toussse|tousse|vomit|vomis|saigne|gratte|demange|brule beaucoup|depuis|des|du|la|quand|les|tout",
            "couronne|plombage|appareil|bague|bagues qui|tombe|tombee|casse|cassee|descelle*",
            "fatigue|fatiguee depuis|en|tout",
        ],
    ),
    (
        Opening::Act,
        &[
            "controle|detartrage|renouvellement|vaccin|vaccination|bilan|depistage|frottis|epilation|brushing|vidange|blanchiment|pansement|reeducation|infiltration|devitalisation|extraction|teleconsultation|certificat",
            "consultation|visite|seance de|d|pour|medicale|annuelle|prenatale|postnatale|pediatrique|dermatologique",
            "premiere consultation|visite",
            "faire vacciner|enlever|retirer|controler|examiner|soigner|poser|refaire|verifier|couper",
            "me|se faire vacciner|enlever|retirer|controler|examiner|soigner|poser|refaire|arracher|opere|operer",
        ],
    ),
    (
        Opening::After,
        &[
            "pour|concern* @a?",
            "a cause du|de|d @a?",
            "a propos du|de|d|des @a?",
            "au sujet du|de|d|des @a?",
            "par rapport a|au @a?",
            "suite a|au @a?",
            "rapport a|au @a?",
            "probleme|soucis|souci|problemes de|d|au|a|aux|avec @a?",
            "souffre|souffrant de|d|du|des @a?",
            "motif|raison c? est? @a?",
            "parceque j|je ai|me|suis|fais|tousse @a?",
        ],
    ),
];
