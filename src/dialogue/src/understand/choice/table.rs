//! How callers point at an offer.

use super::Pick::{self, *};

/// The patterns, each group with what it tells.
pub const TABLE: &[(Pick, &[&str])] = &[
    (
        At(1),
        &[
            "le|la|du|celui|au|les tout? premier|premiere",
            "le|la 1 er|ere?",
            "numero|option|choix|proposition|creneau un|1",
            "le|l un $",
            "^ premier|premiere",
            "premier|premiere choix|option|proposition|creneau|date|horaire",
        ],
    ),
    (
        At(2),
        &[
            "le|la|du|au deuxieme|second|seconde",
            "le|la 2|deux eme|e|ieme|nd|nde|de? $",
            "le|la 2 eme|e|ieme|nd|nde",
            "numero|option|choix|proposition|creneau deux|2",
            "^ deuxieme|second|seconde",
            "deuxieme|second|seconde choix|option|proposition|creneau|date|horaire",
            "celui|celle du|de milieu",
            "au|le|la|du milieu",
        ],
    ),
    (
        At(3),
        &[
            "le|la|du|au troisieme",
            "le|la 3|trois $",
            "le|la 3 eme|e|ieme",
            "numero|option|choix|proposition|creneau trois|3",
            "^ troisieme",
            "troisieme choix|option|proposition|creneau|date|horaire",
        ],
    ),
    (
        At(4),
        &[
            "le|la quatrieme",
            "le|la 4 eme|e|ieme",
            "numero|option|choix|proposition quatre|4",
            "^ quatrieme",
        ],
    ),
    (At(5), &["le|la cinquieme", "le|la 5 eme|e|ieme", "numero|option|choix|proposition cinq|5"]),
    (
        At(-1),
        &[
            "le|la|du|au tout? dernier|derniere",
            "^ dernier|derniere",
            "dernier|derniere choix|option|proposition|creneau|date|horaire",
            "celui|celle de la fin",
            "tout dernier",
        ],
    ),
    (At(-2), &["avant dernier|derniere"]),
    (
        None,
        &[
            "aucun|aucune",
            "rien d? autre",
            "m|me arrange|va|convient|arrangent|conviennent pas",
            "ni l? un ni",
            "avez|auriez|a|aurait d|en autre $",
            "ni l un ni",
            "ni le .. ni le",
            "rien de|d|ne me|tout|ca|autre",
            "autre chose|date|jour|horaire|creneau|proposition|possibilite|moment|heure|option",
            "autres dates|jours|horaires|creneaux|propositions|possibilites|choix|disponib*|options",
            "un|une|d|en autre|autres $",
            "d autres",
            "ca ne? me? va|convient|arrange|marche|plait|ira|conviendra|irait pas",
            "ca|sa va|ira|marche|convient pas",
            "@not me convient|va|arrange",
            "me convient|va|arrange|conviennent|vont|arrangent @not",
            "@not ces|ceux|celles creneaux|jours|jour|la|dates|horaires|heures",
            "pas|peux|pourrai pas|rien|aucun .. dates|creneaux|jours|trois|deux",
            "toutes|tous|tout .. refuse|non",
        ],
    ),
    (
        Earlier,
        &[
            "plus|moins tot|tard",
            "avant ca|cela|cette|ce|date",
            "plus rapide|rapidement|proche|vite",
            "plus en avance",
            "trop tard",
        ],
    ),
    (Later, &["plus tard|loin", "apres ca|cela|cette", "plus eloigne", "trop tot"]),
    (
        Any,
        &[
            "peu importe|imp*",
            "comme vous voulez|voudrez|preferez|voulait|pouvez|le",
            "comme ca vous arrange",
            "celui|celle|ce|quand|lequel que? vous voulez|voudrez|preferez",
            "quand vous voulez|pouvez|voudrez",
            "n importe lequel|laquelle|quand|quel|quelle|qui|le|ou",
            "n importe $",
            "m|m est|c egal",
            "c est pareil|egal",
            "importe peu",
            "au choix",
            "a vous de voir|choisir|decider",
            "choisissez|decidez pour|vous|pour",
            "vous choisissez|decidez",
            "tous|tout|toutes me|m conviennent|vont|arrange|va|convient",
            "les|tous deux|trois me|m vont|conviennent",
            "ce qui|que vous arrange|voulez",
            "pas de? preference",
            "aucune preference",
            "lequel vous voulez",
            "je vous laisse choisir|decider",
            "ca m est egal",
        ],
    ),
];

/// Classes of this table.
pub const CLASSES: crate::understand::pattern::Classes = &[("not", "pas|rien|aucun|jamais")];
