//! What does not suit, and what is left.

/// What is said and what it means, as `understood` shows it.
pub const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "pas pendant les vacances de noël",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 21 ; sauf sam 19/12..dim 3/1/2027",
    ),
    (
        "autre chose que le mardi",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 18 ; sauf mar 24/11 | mar 1/12 | mar 8/12",
    ),
    ("je ne peux pas mardi je voudrais jeudi à 11 h", "jeu 19/11 11h-12h ; sauf mar 24/11"),
    ("on peut pas le mettre jeudi", "jeu 19/11"),
    ("je peux pas mardi vous avez jeudi", "jeu 19/11 ; sauf mar 24/11"),
    ("je peux pas venir, je voudrais le décaler à jeudi 11 h", "jeu 19/11 11h-12h"),
    ("je peux pas venir est-ce qu'on pourrait le décaler à jeudi 11 h", "jeu 19/11 11h-12h"),
    (
        "le mardi j'ai kiné",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 18 ; sauf mar 24/11 | mar 1/12 | mar 8/12",
    ),
    (
        "le mercredi j'ai les enfants",
        "jeu 19/11 | ven 20/11 | sam 21/11 … 18 ; sauf mer 18/11 | mer 25/11 | mer 2/12",
    ),
    (
        "ma fille elle a piscine le mercredi",
        "jeu 19/11 | ven 20/11 | sam 21/11 … 18 ; sauf mer 18/11 | mer 25/11 | mer 2/12",
    ),
    ("mardi j'ai cours", "mer 18/11 | jeu 19/11 | ven 20/11 … 20 ; sauf mar 24/11"),
    ("impossible mardi", "mer 18/11 | jeu 19/11 | ven 20/11 … 20 ; sauf mar 24/11"),
    (
        "je ne peux pas le jeudi",
        "mer 18/11 | ven 20/11 | sam 21/11 … 18 ; sauf jeu 19/11 | jeu 26/11 | jeu 3/12",
    ),
    (
        "je ne peux pas le matin",
        "mer 18/11 12h-24h | jeu 19/11 12h-24h | ven 20/11 12h-24h … 21 ; sauf mer 18/11 0h-12h | jeu 19/11 0h-12h | ven 20/11 0h-12h … 21",
    ),
    ("je ne suis pas là jeudi", "mer 18/11 | ven 20/11 | sam 21/11 … 20 ; sauf jeu 19/11"),
    (
        "je peux pas le lundi ni le mardi matin",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 18 ; sauf lun 23/11 | mar 24/11 0h-12h | lun 30/11 … 6",
    ),
    ("je préfère jeudi parce que mardi je travaille", "jeu 19/11 ; sauf mar 24/11"),
    ("je suis pris mardi", "mer 18/11 | jeu 19/11 | ven 20/11 … 20 ; sauf mar 24/11"),
    (
        "je travaille de 9h à 17h",
        "mer 18/11 0h-9h | mer 18/11 17h-24h | jeu 19/11 0h-9h … 42 ; sauf mer 18/11 9h-17h | jeu 19/11 9h-17h | ven 20/11 9h-17h … 21",
    ),
    (
        "je travaille en semaine",
        "sam 21/11 | dim 22/11 | sam 28/11 … 6 ; sauf mer 18/11 | jeu 19/11 | ven 20/11 … 15",
    ),
    (
        "je travaille la semaine donc plutôt le samedi",
        "sam 21/11 | sam 28/11 | sam 5/12 ; sauf mer 18/11 | jeu 19/11 | ven 20/11 … 15",
    ),
    (
        "je travaille le lundi et le mardi",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 15 ; sauf lun 23/11 | mar 24/11 | lun 30/11 … 6",
    ),
    (
        "je travaille le mardi",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 18 ; sauf mar 24/11 | mar 1/12 | mar 8/12",
    ),
    (
        "je travaille le matin donc l'après-midi",
        "mer 18/11 13h-18h | jeu 19/11 13h-18h | ven 20/11 13h-18h … 21 ; sauf mer 18/11 0h-12h | jeu 19/11 0h-12h | ven 20/11 0h-12h … 21",
    ),
    ("jeudi ah non jeudi je peux pas vendredi plutôt", "ven 20/11 ; sauf jeu 19/11"),
    ("jeudi non c'est pas possible vendredi", "ven 20/11 ; sauf jeu 19/11"),
    (
        "la semaine du sept décembre mais pas le mercredi ni le jeudi matin",
        "lun 7/12..mar 8/12 | jeu 10/12 12h-24h ; sauf mer 9/12 | jeu 10/12 0h-12h",
    ),
    (
        "la semaine prochaine c'est compliqué plutôt celle d'après",
        "lun 30/11..dim 6/12 ; sauf lun 23/11..dim 29/11",
    ),
    (
        "la semaine prochaine je ne suis pas là la semaine d'après plutôt",
        "lun 30/11..dim 6/12 ; sauf lun 23/11..dim 29/11",
    ),
    (
        "la semaine prochaine je suis en déplacement",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 14 ; sauf lun 23/11..dim 29/11",
    ),
    (
        "la semaine prochaine sauf mercredi",
        "lun 23/11..mar 24/11 | jeu 26/11..dim 29/11 ; sauf mer 25/11",
    ),
    (
        "le jeudi je ne peux pas",
        "mer 18/11 | ven 20/11 | sam 21/11 … 18 ; sauf jeu 19/11 | jeu 26/11 | jeu 3/12",
    ),
    (
        "le lundi c'est pas possible le mardi non plus mais le mercredi oui",
        "mer 18/11 | mer 25/11 | mer 2/12 ; sauf lun 23/11 | mar 24/11 | lun 30/11 … 6",
    ),
    (
        "le mardi ou le jeudi après dix-huit heures sauf le vingt-six",
        "jeu 19/11 18h- | mar 24/11 18h- | mar 1/12 18h- … 5 ; sauf jeu 26/11",
    ),
    (
        "le matin je ne peux pas",
        "mer 18/11 12h-24h | jeu 19/11 12h-24h | ven 20/11 12h-24h … 21 ; sauf mer 18/11 0h-12h | jeu 19/11 0h-12h | ven 20/11 0h-12h … 21",
    ),
    (
        "le matin je travaille",
        "mer 18/11 12h-24h | jeu 19/11 12h-24h | ven 20/11 12h-24h … 21 ; sauf mer 18/11 0h-12h | jeu 19/11 0h-12h | ven 20/11 0h-12h … 21",
    ),
    (
        "le matin mais pas le lundi",
        "mer 18/11 8h-12h | jeu 19/11 8h-12h | ven 20/11 8h-12h … 18 ; sauf lun 23/11 | lun 30/11 | lun 7/12",
    ),
    (
        "le matin sauf le lundi",
        "mer 18/11 8h-12h | jeu 19/11 8h-12h | ven 20/11 8h-12h … 18 ; sauf lun 23/11 | lun 30/11 | lun 7/12",
    ),
    (
        "le matin ça m'arrange pas",
        "mer 18/11 12h-24h | jeu 19/11 12h-24h | ven 20/11 12h-24h … 21 ; sauf mer 18/11 0h-12h | jeu 19/11 0h-12h | ven 20/11 0h-12h … 21",
    ),
    (
        "le plus tôt possible mais pas lundi",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 18 ; sauf lun 23/11 | lun 30/11 | lun 7/12 ; tôt",
    ),
    ("lundi sauf le matin", "lun 23/11 12h-24h ; sauf lun 23/11 0h-12h"),
    ("mardi c'est compliqué", "mer 18/11 | jeu 19/11 | ven 20/11 … 20 ; sauf mar 24/11"),
    ("mardi impossible", "mer 18/11 | jeu 19/11 | ven 20/11 … 20 ; sauf mar 24/11"),
    ("mardi je suis déjà pris mais jeudi c'est bon", "jeu 19/11 ; sauf mar 24/11"),
    ("mardi je suis pas dispo", "mer 18/11 | jeu 19/11 | ven 20/11 … 20 ; sauf mar 24/11"),
    ("mardi je suis pris", "mer 18/11 | jeu 19/11 | ven 20/11 … 20 ; sauf mar 24/11"),
    ("mardi mais pas le matin", "mar 24/11 12h-24h ; sauf mar 24/11 0h-12h"),
    ("mardi ça va pas être possible", "mer 18/11 | jeu 19/11 | ven 20/11 … 20 ; sauf mar 24/11"),
    (
        "moi c'est simple tous les jours sauf le mercredi et le vendredi après-midi",
        "jeu 19/11 | ven 20/11 0h-13h | ven 20/11 18h-24h … 21 ; sauf mer 18/11 | ven 20/11 13h-18h | mer 25/11 … 6",
    ),
    (
        "n importe quand sauf le matin",
        "mer 18/11 12h-24h | jeu 19/11 12h-24h | ven 20/11 12h-24h … 21 ; sauf mer 18/11 0h-12h | jeu 19/11 0h-12h | ven 20/11 0h-12h … 21",
    ),
    (
        "n'importe quand mais pas le matin",
        "mer 18/11 12h-24h | jeu 19/11 12h-24h | ven 20/11 12h-24h … 21 ; sauf mer 18/11 0h-12h | jeu 19/11 0h-12h | ven 20/11 0h-12h … 21",
    ),
    (
        "n'importe quel jour sauf le vendredi",
        "mer 18/11 | jeu 19/11 | sam 21/11 … 18 ; sauf ven 20/11 | ven 27/11 | ven 4/12",
    ),
    (
        "ni lundi ni mardi",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 15 ; sauf lun 23/11 | mar 24/11 | lun 30/11 … 6",
    ),
    ("non pas jeudi vendredi", "ven 20/11 ; sauf jeu 19/11 | jeu 26/11 | jeu 3/12"),
    (
        "non pas lundi",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 18 ; sauf lun 23/11 | lun 30/11 | lun 7/12",
    ),
    ("pas cette semaine", "lun 23/11 | mar 24/11 | mer 25/11 … 16 ; sauf lun 16/11..dim 22/11"),
    ("pas cette semaine celle d'après", "lun 23/11..dim 29/11 ; sauf lun 16/11..dim 22/11"),
    ("pas cette semaine la suivante", "lun 23/11..dim 29/11 ; sauf lun 16/11..dim 22/11"),
    ("pas demain", "mer 18/11 | ven 20/11 | sam 21/11 … 20 ; sauf jeu 19/11"),
    (
        "pas entre midi et deux",
        "mer 18/11 0h-12h | mer 18/11 14h-24h | jeu 19/11 0h-12h … 42 ; sauf mer 18/11 12h-14h | jeu 19/11 12h-14h | ven 20/11 12h-14h … 21",
    ),
    ("pas la semaine prochaine la suivante", "lun 30/11..dim 6/12 ; sauf lun 23/11..dim 29/11"),
    (
        "pas le lundi ni le mardi",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 15 ; sauf lun 23/11 | mar 24/11 | lun 30/11 … 6",
    ),
    (
        "pas le lundi, le mardi non plus",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 15 ; sauf lun 23/11 | mar 24/11 | lun 30/11 … 6",
    ),
    (
        "pas le matin l'après-midi",
        "mer 18/11 13h-18h | jeu 19/11 13h-18h | ven 20/11 13h-18h … 21 ; sauf mer 18/11 0h-12h | jeu 19/11 0h-12h | ven 20/11 0h-12h … 21",
    ),
    (
        "pas le matin plutôt l'après-midi",
        "mer 18/11 13h-18h | jeu 19/11 13h-18h | ven 20/11 13h-18h … 21 ; sauf mer 18/11 0h-12h | jeu 19/11 0h-12h | ven 20/11 0h-12h … 21",
    ),
    (
        "pas le mercredi",
        "jeu 19/11 | ven 20/11 | sam 21/11 … 18 ; sauf mer 18/11 | mer 25/11 | mer 2/12",
    ),
    (
        "pas mardi de la semaine prochaine",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 20 ; sauf mar 24/11",
    ),
    (
        "pas mardi le jeudi plutôt",
        "jeu 19/11 | jeu 26/11 | jeu 3/12 ; sauf mar 24/11 | mar 1/12 | mar 8/12",
    ),
    ("pas mardi, jeudi", "jeu 19/11 ; sauf mar 24/11 | mar 1/12 | mar 8/12"),
    (
        "pas pendant ma pause",
        "mer 18/11 0h-12h | mer 18/11 14h-24h | jeu 19/11 0h-12h … 42 ; sauf mer 18/11 12h-14h | jeu 19/11 12h-14h | ven 20/11 12h-14h … 21",
    ),
    (
        "pas trop tôt le matin",
        "mer 18/11 | jeu 19/11 10h-24h | ven 20/11 10h-24h … 21 ; sauf jeu 19/11 0h-10h | ven 20/11 0h-10h | sam 21/11 0h-10h … 20",
    ),
    (
        "plutôt pas le lundi",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 18 ; sauf lun 23/11 | lun 30/11 | lun 7/12",
    ),
    (
        "plutôt pas le lundi mais le mardi oui",
        "mar 24/11 | mar 1/12 | mar 8/12 ; sauf lun 23/11 | lun 30/11 | lun 7/12",
    ),
    (
        "sauf entre midi et deux",
        "mer 18/11 0h-12h | mer 18/11 14h-24h | jeu 19/11 0h-12h … 42 ; sauf mer 18/11 12h-14h | jeu 19/11 12h-14h | ven 20/11 12h-14h … 21",
    ),
    (
        "sauf le lundi et le mardi",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 15 ; sauf lun 23/11 | mar 24/11 | lun 30/11 … 6",
    ),
    (
        "sauf lundi matin",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 21 ; sauf lun 23/11 0h-12h | lun 30/11 0h-12h | lun 7/12 0h-12h",
    ),
    (
        "sauf mardi et jeudi",
        "mer 18/11 | ven 20/11 | sam 21/11 … 15 ; sauf jeu 19/11 | mar 24/11 | jeu 26/11 … 6",
    ),
    (
        "tous les jours sauf le mercredi",
        "jeu 19/11 | ven 20/11 | sam 21/11 … 18 ; sauf mer 18/11 | mer 25/11 | mer 2/12",
    ),
    (
        "tous les soirs sauf le mercredi",
        "jeu 19/11 18h-22h | ven 20/11 18h-22h | sam 21/11 18h-22h … 18 ; sauf mer 18/11 | mer 25/11 | mer 2/12",
    ),
    (
        "tout sauf le lundi",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 18 ; sauf lun 23/11 | lun 30/11 | lun 7/12",
    ),
    (
        "à part le vendredi",
        "mer 18/11 | jeu 19/11 | sam 21/11 … 18 ; sauf ven 20/11 | ven 27/11 | ven 4/12",
    ),
    (
        "évitez le lundi",
        "mer 18/11 | jeu 19/11 | ven 20/11 … 18 ; sauf lun 23/11 | lun 30/11 | lun 7/12",
    ),
];
