//! Which entry of the tenant's FAQ a question means.

use crate::understand::words::{self, Word};
use domain::tenant::Faq;
use std::collections::HashMap;

/// Words that say nothing about a subject. Sorted.
const EMPTY: &[&str] = &[
    "a", "accepte", "acceptez", "ai", "aimerais", "alors", "apres", "as", "au", "aux", "avec",
    "avez", "avoir", "bien", "bonjour", "ca", "ce", "ces", "cest", "cet", "cette", "chez",
    "comment", "d", "dans", "de", "des", "docteur", "dois", "doit", "donc", "du", "elle", "en",
    "encore", "est", "estceque", "et", "etes", "euh", "faire", "fait", "faites", "faut", "heu",
    "il", "j", "je", "l", "la", "le", "les", "leur", "lui", "m", "ma", "madame", "mais", "me",
    "merci", "mes", "moi", "mon", "monsieur", "n", "ne", "nos", "notre", "nous", "on", "ou", "oui",
    "par", "pas", "peut", "peux", "plait", "plus", "pour", "pourquoi", "pouvez", "prenez",
    "propose", "proposez", "puis", "qu", "quand", "que", "quel", "quelle", "quelles", "quels",
    "question", "qui", "quoi", "s", "sa", "savoir", "se", "ses", "si", "sil", "son", "sont",
    "suis", "sur", "t", "te", "tu", "un", "une", "veux", "vos", "votre", "voudrais", "vous", "y",
];

/// Families of words that callers use for one another. Each row shares its
/// first word.
const ALIKE: &[&[&str]] = &[
    &["parking", "garer", "gare", "stationner", "stationnement", "voiture", "place", "parquer"],
    &[
        "prix",
        "tarif",
        "tarifs",
        "coute",
        "cout",
        "combien",
        "cher",
        "euros",
        "honoraires",
        "payer",
        "couter",
    ],
    &[
        "carte",
        "cb",
        "bancaire",
        "bleue",
        "cheque",
        "cheques",
        "especes",
        "paiement",
        "reglement",
        "payer",
        "regler",
    ],
    &[
        "vitale",
        "mutuelle",
        "secu",
        "documents",
        "papiers",
        "apporter",
        "amener",
        "pieces",
        "ramener",
    ],
    &["horaires", "ouvert", "ouvre", "ferme", "ouverture", "fermeture", "heures", "ouverts"],
    &["adresse", "situe", "trouve", "rue"],
    &[
        "ascenseur",
        "etage",
        "escalier",
        "handicap",
        "handicape",
        "handicapes",
        "fauteuil",
        "accessible",
        "pmr",
        "mobilite",
        "roulant",
    ],
    &["enfant", "enfants", "bebe", "bebes", "fils", "fille", "pediatrie", "nourrisson"],
    &[
        "domicile",
        "maison",
        "deplacez",
        "deplace",
        "deplacent",
        "deplacer",
        "deplacement",
        "visite",
        "visites",
    ],
    &["visio", "teleconsultation", "video", "distance", "teleconsultations"],
    &["chien", "chat", "animal", "animaux", "chiens"],
    &["metro", "bus", "tram", "transport", "transports", "gare", "station", "rer", "arret"],
    &["remboursement", "rembourse", "conventionne", "secu", "secteur", "rembourses"],
    &["urgence", "urgences", "urgent"],
    &["dure", "duree", "temps", "longtemps"],
    &["nouveau", "nouveaux", "nouvelle", "patients", "patient"],
    &["vaccin", "vaccins", "vacciner", "vaccination", "vaccinez"],
];

/// The index of the FAQ entry that a question means, robust to short and
/// noisy wording; `None` when no entry is clearly meant.
pub fn faq(words: &[Word], faqs: &[Faq]) -> Option<usize> {
    Index::new(faqs).find(words)
}

/// A tenant's FAQ, prepared for several questions.
#[derive(Debug)]
pub struct Index {
    entries: Vec<Vec<Telling>>,
}

/// A word of an entry's question that tells its subject.
#[derive(Debug)]
struct Telling {
    stem: String,
    /// Which families of words it is of.
    families: u32,
    /// The rarer among the entries, the more it tells.
    rarity: f32,
}

impl Index {
    /// Reads every question once.
    pub fn new(faqs: &[Faq]) -> Self {
        let subjects: Vec<Vec<String>> = faqs.iter().map(|faq| subject(&faq.question)).collect();
        let mut holders: HashMap<&str, usize> = HashMap::new();
        for words in &subjects {
            for (at, word) in words.iter().enumerate() {
                if !words[..at].contains(word) {
                    *holders.entry(word.as_str()).or_default() += 1;
                }
            }
        }
        let telling = |word: &String| Telling {
            stem: stem(word).to_owned(),
            families: families(word),
            rarity: rarity(holders.get(word.as_str()).copied().unwrap_or(1), subjects.len()),
        };
        Self { entries: subjects.iter().map(|words| words.iter().map(telling).collect()).collect() }
    }

    /// The index of the entry that a question means; `None` when none is clearly meant.
    pub fn find(&self, words: &[Word]) -> Option<usize> {
        let mut asked = asked(words);
        asked.sort_unstable();
        asked.dedup();
        if asked.is_empty() {
            return None;
        }
        let asked: Vec<(&str, u32)> =
            asked.into_iter().map(|word| (stem(word), families(word))).collect();
        let scores = self.entries.iter().map(|entry| score(&asked, entry));
        let mut ranked: Vec<(usize, f32)> = scores.enumerate().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let (best, first) = *ranked.first()?;
        let second = ranked.get(1).map_or(0.0, |entry| entry.1);
        (first >= CLEAR && first > second * 1.15).then_some(best)
    }
}

/// The least score of an entry that is clearly meant: one telling word shared.
const CLEAR: f32 = 0.8;

/// The telling words of a question; a "carte vitale" is no means of payment.
fn asked(words: &[Word]) -> Vec<&str> {
    let vital = words.iter().any(|word| word.folded == "vitale");
    let folded = words.iter().map(|word| word.folded.as_str());
    folded.filter(|word| telling(word) && !(vital && *word == "carte")).collect()
}

fn subject(question: &str) -> Vec<String> {
    let words = words::words(question);
    asked(&words).into_iter().map(str::to_owned).collect()
}

fn telling(word: &str) -> bool {
    word.len() > 1 && EMPTY.binary_search(&word).is_err()
}

/// Each asked word counts once: "vitale" is one word of "quels documents
/// apporter", not two.
fn score(asked: &[(&str, u32)], entry: &[Telling]) -> f32 {
    let mut free: Vec<&Telling> = entry.iter().collect();
    let mut total = 0.0;
    for asked in asked {
        let worth = |word: &Telling| closeness(*asked, word) * word.rarity;
        let worths = free.iter().map(|word| worth(word)).enumerate();
        let best = worths.max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((at, worth)) = best.filter(|best| best.1 > 0.0) {
            total += worth;
            free.remove(at);
        }
    }
    total
}

fn rarity(holders: usize, entries: usize) -> f32 {
    let holders = u16::try_from(holders.max(1)).unwrap_or(u16::MAX);
    let entries = u16::try_from(entries).unwrap_or(u16::MAX);
    1.0 + (f32::from(entries) / f32::from(holders)).ln()
}

/// Of an asked word, by its stem and its families.
fn closeness((asked, of): (&str, u32), word: &Telling) -> f32 {
    match (asked == word.stem, of & word.families) {
        (true, _) => 1.0,
        (false, 0) => 0.0,
        (false, _) => 0.8,
    }
}

/// The rows of [`ALIKE`] that hold a word, a bit each.
fn families(word: &str) -> u32 {
    let rows = ALIKE.iter().enumerate().filter(|(_, row)| row.contains(&word));
    rows.fold(0, |bits, (at, _)| bits | 1 << at)
}

/// The word without the endings of number, gender and the commonest verb forms.
fn stem(word: &str) -> &str {
    const ENDINGS: &[&str] = &[
        "ements", "ement", "ations", "ation", "ees", "ent", "ez", "er", "es", "ee", "s", "e", "x",
    ];
    ENDINGS
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= 4))
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_words_are_sorted_for_binary_search() {
        assert!(EMPTY.is_sorted());
    }

    #[test]
    fn every_family_has_a_bit() {
        assert!(ALIKE.len() <= 32);
    }
}
