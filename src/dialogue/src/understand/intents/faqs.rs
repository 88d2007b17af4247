//! Which entry of the tenant's FAQ a question means.

use crate::understand::words::{self, Word};
use domain::tenant::Faq;

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
    &["vitale", "mutuelle", "secu", "documents", "papiers", "apporter", "amener", "pieces"],
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
    let asked = asked(words);
    if asked.is_empty() {
        return None;
    }
    let entries: Vec<Vec<String>> = faqs.iter().map(|faq| subject(&faq.question)).collect();
    let scores = entries.iter().map(|entry| score(&asked, entry, &entries));
    let mut ranked: Vec<(usize, f32)> = scores.enumerate().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let (best, first) = *ranked.first()?;
    let second = ranked.get(1).map_or(0.0, |entry| entry.1);
    (first >= CLEAR && first > second * 1.15).then_some(best)
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
    let vital = words.iter().any(|word| word.folded == "vitale");
    let words = words.into_iter().map(|word| word.folded);
    words.filter(|word| telling(word) && !(vital && word == "carte")).collect()
}

fn telling(word: &str) -> bool {
    word.len() > 1 && EMPTY.binary_search(&word).is_err()
}

/// The rarer a shared word among the entries, the more it tells. Each asked
/// word counts once: "vitale" is one word of "quels documents apporter", not two.
fn score(asked: &[&str], entry: &[String], entries: &[Vec<String>]) -> f32 {
    let mut free: Vec<&String> = entry.iter().collect();
    let mut words = asked.to_vec();
    words.sort_unstable();
    words.dedup();
    let mut total = 0.0;
    for asked in words {
        let worth = |word: &String| {
            let holders = entries.iter().filter(|entry| entry.contains(word)).count();
            closeness(asked, word) * rarity(holders, entries.len())
        };
        let best = (0..free.len()).max_by(|a, b| worth(free[*a]).total_cmp(&worth(free[*b])));
        if let Some(at) = best.filter(|at| worth(free[*at]) > 0.0) {
            total += worth(free[at]);
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

fn closeness(asked: &str, word: &str) -> f32 {
    if asked == word || stem(asked) == stem(word) {
        return 1.0;
    }
    let alike = ALIKE.iter().any(|row| row.contains(&asked) && row.contains(&word));
    if alike { 0.8 } else { 0.0 }
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
}
