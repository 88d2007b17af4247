//! A calendar that bears a person's name, as it is said and recognised.

use super::sound::sound;
use crate::understand::names;
use crate::understand::words::{Word, words};
use domain::id::CalendarId;
use domain::tenant::Calendar;

/// Who receives on a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// On which.
    pub calendar: CalendarId,
    /// With article and title as they are said: "le docteur Martin".
    pub said: String,
    /// Words of their name, at most.
    longest: usize,
    first: String,
    /// The family name's words.
    last: Vec<String>,
    /// The family name, the whole name, and the whole with the family name first.
    written: [String; 3],
    titled: bool,
}

/// How a title is said before a name, by how it is written.
const TITLES: [(&str, &str); 13] = [
    ("docteur", "le docteur"),
    ("docteure", "la docteure"),
    ("dr", "le docteur"),
    ("dre", "la docteure"),
    ("professeur", "le professeur"),
    ("professeure", "la professeure"),
    ("pr", "le professeur"),
    ("madame", "madame"),
    ("mme", "madame"),
    ("monsieur", "monsieur"),
    ("m", "monsieur"),
    ("mr", "monsieur"),
    ("maitre", "maître"),
];

/// True for a word that stands before a name: "docteur", "madame".
pub(super) fn is_title(folded: &str) -> bool {
    TITLES.iter().any(|(written, _)| *written == folded)
        || ["doc", "doctor", "mademoiselle", "mlle"].contains(&folded)
}

impl Person {
    /// The person of a calendar; `None` for a room, a chair, a practice.
    pub fn of(calendar: &Calendar) -> Option<Self> {
        let name = calendar.name.split([',', '(', '–', '/', ':']).next()?.trim();
        let mut said: Vec<Word> = words(name);
        let title = said.first().and_then(|first| {
            TITLES.iter().find(|(written, _)| *written == first.folded).map(|(_, said)| *said)
        });
        if title.is_some() {
            said.remove(0);
        }
        let known = |word: &Word| names::is_first_name(&word.folded);
        if said.is_empty() || title.is_none() && !(said.len() > 1 && known(&said[0])) {
            return None;
        }
        let firsts = said[..said.len() - 1].iter().take_while(|word| known(word)).count();
        let folded = |words: &[Word]| -> Vec<String> {
            words.iter().map(|word| word.folded.clone()).collect()
        };
        let (first, last) = (folded(&said[..firsts]).concat(), folded(&said[firsts..]));
        let family = last.concat();
        let rest = name.split_once(char::is_whitespace).map_or(name, |(_, rest)| rest.trim());
        Some(Self {
            calendar: calendar.id.clone(),
            said: title.map_or_else(|| name.to_owned(), |title| format!("{title} {rest}")),
            longest: said.len() + 1,
            written: [family.clone(), format!("{first}{family}"), format!("{family}{first}")],
            first,
            last,
            titled: title.is_some(),
        })
    }

    /// How many of these words are their name; `None` when they do not begin with it.
    pub(super) fn named_by(&self, words: &[Word]) -> Option<usize> {
        let longest = self.longest.min(words.len());
        (1..=longest).rev().find(|count| self.is(&words[..*count]))
    }

    fn is(&self, words: &[Word]) -> bool {
        let said: String = words.iter().map(|word| word.folded.as_str()).collect();
        let lone = words.len() == 1 && !self.titled && said == self.first;
        let part = words.len() == 1 && said.len() > 3 && self.last.contains(&said);
        lone || part || self.written.iter().any(|name| alike(&said, name))
    }
}

/// Letters by which two spellings of one name may differ in length.
const SPELLED: usize = 4;

fn alike(said: &str, name: &str) -> bool {
    let near = said.len() > 2 && name.len() > 2 && said.len().abs_diff(name.len()) <= SPELLED;
    said == name || near && sound(said) == sound(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> Option<Person> {
        Person::of(&Calendar { id: CalendarId("one".into()), name: name.into() })
    }

    #[test]
    fn a_calendar_with_a_title_or_a_first_name_is_a_person() {
        let said = |name: &str| person(name).map(|person| person.said);
        assert_eq!(said("Docteur Martin").as_deref(), Some("le docteur Martin"));
        assert_eq!(said("Dr Sophie Leroy (lundi)").as_deref(), Some("le docteur Sophie Leroy"));
        assert_eq!(said("Docteure Anne Leroy").as_deref(), Some("la docteure Anne Leroy"));
        assert_eq!(said("M. Petit").as_deref(), Some("monsieur Petit"));
        assert_eq!(said("Camille Durand, coiffeuse").as_deref(), Some("Camille Durand"));
        for none in ["Salle 1", "Cabinet Martin", "Fauteuil", "Docteur", "", "  ", "Rose"] {
            assert_eq!(said(none), None, "{none}");
        }
    }

    #[test]
    fn a_person_is_recognised_by_any_usual_part_of_their_name() {
        let names = |name: &str, said: &str| person(name).unwrap().named_by(&words(said));
        for said in ["Leroy", "leroi", "le roi", "Anne Leroy", "Leroy Anne", "le roy"] {
            assert!(names("Docteure Anne Leroy", said).is_some(), "{said}");
        }
        assert_eq!(names("Docteure Anne Leroy", "Anne demain"), None);
        assert_eq!(names("Anne Leroy", "Anne demain"), Some(1));
        assert_eq!(names("Docteur Martin", "demain"), None);
        assert_eq!(names("Docteur de La Tour", "de la Tour mardi"), Some(3));
        assert_eq!(names("Docteur Leroy-Petit", "Petit"), Some(1));
    }
}
