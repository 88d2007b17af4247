//! The cues that patterns find in a line, and which of them hold beside the
//! others: "un rendez-vous" books, unless it is one that is cancelled.

mod asides;
mod supposed;
mod visits;

use super::{GRAMMAR, Intent, Topic};
use crate::understand::line::Line;
use crate::understand::pattern::Match;
use crate::understand::scope::{self, Said};

/// What a pattern tells; not yet an intent, since it depends on what else is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cue {
    /// Wants an appointment.
    Book,
    /// An appointment is named, without a verb that says what for.
    BareRdv,
    Cancel,
    /// Cannot come: cancels, unless it is moved.
    Unable,
    Move,
    Lookup,
    /// Names the own appointment.
    MineRdv,
    /// Keeps the own appointment: neither books nor cancels.
    Keep,
    /// Asks how one cancels or moves, and what it costs.
    Policy,
    Prescription,
    Results,
    Message,
    Human,
    Callback,
    Sales,
    Complaint,
    Repeat,
    Slower,
    Thanks,
    /// "non merci": no thanks at all.
    Refusal,
    Leave,
    WrongNumber,
    Insult,
    Foreign,
    /// One word of another language: counts only in company.
    ForeignWord,
    About(Topic),
    /// Some question.
    Question,
}

/// The cues of a line that hold, in order.
pub struct Cues<'a> {
    /// Where they were found.
    pub line: &'a Line<'a>,
    /// In order.
    pub found: Vec<Match<Cue>>,
}

impl<'a> Cues<'a> {
    /// Finds the cues of a line, without the denied ones.
    pub fn read(line: &'a Line<'a>) -> Self {
        let mut found = GRAMMAR.find(line);
        found.retain(|cue| {
            let said = deniable(cue.means);
            said.is_none_or(|said| !scope::negated(line, said, cue.start, cue.end))
        });
        found.retain(|cue| cue.means != Cue::Lookup || !asides::calls_again(line, cue));
        let mut cues = Self { line, found };
        cues.settle_supposed();
        cues.settle_visits();
        cues.settle_policies();
        cues
    }

    /// "Je voudrais garder mon rendez-vous" and "si j'annule, il y a des
    /// frais ?" neither book nor cancel.
    fn settle_policies(&mut self) {
        let over = self.found.clone();
        self.found.retain(|cue| {
            let kind = |by: Cue| match cue.means {
                Cue::Cancel | Cue::Book | Cue::BareRdv | Cue::MineRdv | Cue::Lookup => {
                    matches!(by, Cue::Keep | Cue::Policy)
                }
                Cue::Move | Cue::Unable | Cue::Prescription => by == Cue::Policy,
                Cue::Leave => by == Cue::Keep,
                _ => false,
            };
            !over.iter().any(|by| kind(by.means) && by.start < cue.end && cue.start < by.end)
        });
    }

    /// The first topic asked about.
    pub fn topic(&self) -> Option<Topic> {
        self.found.iter().find_map(|cue| match cue.means {
            Cue::About(topic) if self.asks(cue) => Some(topic),
            _ => None,
        })
    }

    fn has(&self, any: &[Cue]) -> bool {
        self.found.iter().any(|cue| any.contains(&cue.means))
    }

    /// True when one of these cues lies over this one and does not merely
    /// begin before it.
    fn covered(&self, cue: &Match<Cue>, by: impl Fn(Cue) -> bool) -> bool {
        self.found
            .iter()
            .any(|other| by(other.means) && other.start < cue.end && cue.start < other.end)
    }

    /// What a cue comes to beside the others.
    pub fn intent(&self, cue: &Match<Cue>) -> Option<Intent> {
        let existing = |other| matches!(other, Cue::Cancel | Cue::Move | Cue::Lookup);
        let intent = match cue.means {
            Cue::Book if self.books(cue) => Intent::Book,
            Cue::BareRdv if self.bare(cue) => Intent::Book,
            Cue::Cancel if !self.already(cue) => Intent::Cancel,
            Cue::Unable if self.cancels(cue) => Intent::Cancel,
            Cue::Unable if self.moves() => Intent::Move,
            Cue::Move if !self.already(cue) => Intent::Move,
            Cue::Lookup if !self.led(cue) => Intent::Lookup,
            Cue::MineRdv if self.asks_own() => Intent::Lookup,
            Cue::Prescription
                if !self.covered(cue, |other| {
                    matches!(other, Cue::Results | Cue::About(Topic::Documents))
                }) && !self.has(&[Cue::Sales])
                    && !self.reason(cue) =>
            {
                Intent::Prescription
            }
            Cue::Results if !self.reason(cue) => Intent::Results,
            Cue::Message if !self.announces(cue) && !self.received(cue) => Intent::Message,
            Cue::Human
                if !self.has(&[Cue::Sales])
                    && !self
                        .covered(cue, |other| matches!(other, Cue::Callback | Cue::Message)) =>
            {
                Intent::Human
            }
            Cue::Callback if !self.covered(cue, existing) && !self.remembers(cue) => {
                Intent::Callback
            }
            Cue::Sales => Intent::Sales,
            Cue::Complaint => Intent::Complaint,
            Cue::Repeat if !self.repeats_fact(cue) => Intent::Repeat,
            Cue::Slower => Intent::Slower,
            Cue::Thanks if !self.covered(cue, |other| other == Cue::Refusal) => Intent::Thanks,
            Cue::Leave if !self.asked(cue) => Intent::Abandon,
            Cue::WrongNumber => Intent::WrongNumber,
            Cue::Insult => Intent::Insult,
            Cue::Foreign => Intent::OtherLanguage,
            Cue::About(_) if self.asks(cue) => Intent::Question,
            Cue::Question if self.generic() => Intent::Question,
            Cue::Policy => Intent::Question,
            _ => return None,
        };
        Some(intent)
    }

    fn books(&self, cue: &Match<Cue>) -> bool {
        !self.found.iter().any(|other| {
            let inside = cue.start <= other.start && other.start < cue.end;
            let around = other.start < cue.start && cue.end <= other.end;
            match other.means {
                Cue::Move => inside || around || (cue.end..cue.end + 2).contains(&other.start),
                Cue::Cancel | Cue::Lookup | Cue::About(_) => inside || around,
                Cue::Human | Cue::Results | Cue::Prescription | Cue::Callback | Cue::Message => {
                    inside && (other.end <= cue.end + 1 || other.start + 1 == cue.end)
                }
                _ => false,
            }
        })
    }

    /// Only the reason of an appointment: "un rendez-vous pour une ordonnance".
    fn reason(&self, cue: &Match<Cue>) -> bool {
        self.found.iter().any(|other| {
            let books = matches!(other.means, Cue::Book | Cue::BareRdv);
            let near = other.end <= cue.start && cue.start <= other.end + 4;
            books && near && (other.end..cue.start + 1).any(|at| self.line.is(at, &["pour", "car"]))
        })
    }

    /// An appointment that nothing else said is about.
    fn bare(&self, cue: &Match<Cue>) -> bool {
        use Cue::*;
        let first = cue.start - usize::from(cue.start > 0 && self.line.is(cue.start - 1, &["d"]));
        let also = first > 0 && self.line.is(first - 1, &["et", "plus"]);
        !self.found.iter().any(|other| match other.means {
            Cancel | Move | Lookup | MineRdv | Unable | Complaint => true,
            Prescription | Results | Message | Question | About(_) => !also,
            _ => false,
        })
    }

    fn cancels(&self, cue: &Match<Cue>) -> bool {
        let told = self.found.iter().any(|other| match other.means {
            Cue::Message => !self.announces(other),
            Cue::Cancel => !self.already(other),
            _ => false,
        });
        !told && !self.moves() && !self.preference(cue)
    }

    fn moves(&self) -> bool {
        self.has(&[Cue::Move, Cue::Book]) && !self.has(&[Cue::Cancel])
    }

    fn asks_own(&self) -> bool {
        use Cue::*;
        !self.has(&[
            Cancel,
            Unable,
            Move,
            Lookup,
            Book,
            Message,
            Callback,
            Human,
            Prescription,
            Results,
            Complaint,
        ]) && !self.found.iter().any(|cue| matches!(cue.means, About(_)))
    }

    /// Only the object of another verb: "modifier l'heure de mon rendez-vous".
    fn led(&self, cue: &Match<Cue>) -> bool {
        self.found.iter().any(|other| {
            let verb = matches!(other.means, Cue::Cancel | Cue::Move | Cue::Results);
            verb && other.start < cue.end && cue.start <= other.end + 1
        })
    }

    /// A topic that is asked about, not a word of another wish.
    fn asks(&self, cue: &Match<Cue>) -> bool {
        use Cue::*;
        let mine = cue.start > 0 && self.line.is(cue.start - 1, &["mon", "ma", "mes", "notre"]);
        let own_address = mine && cue.means == About(Topic::Address) || self.alternative(cue);
        let other = self.has(&[Sales, Complaint])
            || self.covered(cue, |other| match other {
                Lookup | Cancel | Move | Insult => true,
                Prescription => cue.means != About(Topic::Documents),
                _ => false,
            });
        !own_address && !other
    }

    fn generic(&self) -> bool {
        use Cue::*;
        !self.found.iter().any(|cue| {
            !matches!(
                cue.means,
                Question | BareRdv | MineRdv | Thanks | ForeignWord | Leave | Refusal
            )
        })
    }

    /// Enough words of another language.
    pub fn foreign(&self) -> bool {
        let count = self.found.iter().filter(|cue| cue.means == Cue::ForeignWord).count();
        count >= 2 && count * 2 >= self.line.tokens.len()
            || count == 1 && self.line.tokens.len() == 1
    }
}

/// For cues that a negation takes back: how they are said.
fn deniable(cue: Cue) -> Option<Said> {
    use Cue::*;
    match cue {
        Book | BareRdv | Cancel | Move | MineRdv | Keep | Message | Human | Callback | About(_) => {
            Some(Said::Wish)
        }
        Prescription | Results => Some(Said::Thing),
        _ => None,
    }
}
