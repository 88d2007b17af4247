//! Utterances made of phrases, bytes and letters, bent at random.

/// A small generator of chances; the same seed says the same things.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`.
    pub fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides.max(1)
    }

    fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    pub fn one<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.index(from.len())]
    }
}

/// What recognisers, pagers and attackers put between words.
const PIECES: &[&str] = &[
    "🙂",
    "\u{0}",
    "\u{200d}",
    "\u{202e}",
    "e\u{301}\u{301}\u{301}",
    "İ",
    "ß",
    "ﬁ",
    "Ǆ",
    "ᾳ",
    "\u{feff}",
    "’",
    "''",
    "--",
    "…",
    "?!?",
    "@",
    "@@",
    "+",
    "+33",
    "€",
    "&",
    "/",
    "24/11",
    "31/02/2026",
    "29/02",
    "99999999999999999999999",
    "0",
    "00",
    "06",
    "0639981234",
    "-1",
    "24h60",
    "25h",
    "12h",
    "h",
    "1er",
    "zéro",
    "six",
    "quatre-vingt-dix",
    "soixante",
    "et",
    "mille",
    "million",
    "milliard",
    "douze",
    "demi",
    "double",
    "deux fois",
    "demain",
    "jeudi en huit",
    "la semaine prochaine",
    "sauf",
    "pas",
    "entre",
    "avant",
    "après",
    "dans",
    "jours",
    "semaines",
    "le",
    "du",
    "au",
    "de",
    "d'",
    "l'",
    "qu'",
    "à",
    "arobase",
    "point",
    "tiret",
    "A B C",
    "avec deux l",
    "madame",
    "docteur",
    "je suis",
    "je m'appelle",
    "avec",
    "plutôt",
    "non",
    "oui",
    "annuler",
    "rendez-vous",
    "<b>",
    "{{",
    "';--",
    "http://",
    "\\",
    "\n",
    "\t",
];

/// One utterance.
pub fn utterance(dice: &mut Dice, phrases: &[String]) -> String {
    let mut text = match dice.below(12) {
        0 => bytes(dice),
        1 => letters(dice),
        2 => repeated(dice, phrases),
        3 => pieces(dice),
        _ => some(dice, phrases),
    };
    for _ in 0..dice.below(5) {
        text = bent(dice, &text, phrases);
    }
    text
}

fn some(dice: &mut Dice, phrases: &[String]) -> String {
    let count = 1 + dice.below(3);
    let chosen: Vec<&str> =
        (0..count).map(|_| phrases[dice.index(phrases.len())].as_str()).collect();
    chosen.join(dice.one(&[" ", ", ", " et ", "", ". ", " non pardon "]))
}

fn bytes(dice: &mut Dice) -> String {
    let bytes: Vec<u8> = (0..dice.below(200)).map(|_| dice.below(256) as u8).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn letters(dice: &mut Dice) -> String {
    let ranges = [0x80, 0x250, 0x600, 0x3000, 0x1_0000, 0x11_0000];
    let top = ranges[dice.index(ranges.len())];
    (0..dice.below(120))
        .filter_map(|_| char::from_u32(u32::try_from(dice.below(top)).unwrap_or(0)))
        .collect()
}

fn pieces(dice: &mut Dice) -> String {
    let chosen: Vec<&str> = (0..dice.below(60)).map(|_| dice.one(PIECES)).collect();
    chosen.join(dice.one(&[" ", "", ", ", "-"]))
}

fn repeated(dice: &mut Dice, phrases: &[String]) -> String {
    let piece = match dice.below(2) {
        0 => dice.one(PIECES).to_owned(),
        _ => phrases[dice.index(phrases.len())].clone(),
    };
    let times = 1 + dice.index(400);
    format!("{piece}{}", dice.one(&[" ", "", "-", "'", ", "])).repeat(times)
}

fn bent(dice: &mut Dice, text: &str, phrases: &[String]) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    let at = dice.index(words.len());
    match dice.below(9) {
        0 => drop(words.remove(at)),
        1 => words.insert(at, dice.one(PIECES)),
        2 => words.insert(at, words[dice.index(words.len())]),
        3 => {
            let other = dice.index(words.len());
            words.swap(at, other);
        }
        4 => words.insert(at, &phrases[dice.index(phrases.len())]),
        5 => return dialogue::understand::words::fold(text),
        6 => return text.to_uppercase(),
        7 => return text.chars().take(dice.index(text.chars().count() + 1)).collect(),
        _ => {
            let (from, to) = (dice.one(&[" ", "-", "'", "é", "e", "i"]), dice.one(PIECES));
            return text.replacen(from, to, 1 + dice.index(3));
        }
    }
    words.join(" ")
}
