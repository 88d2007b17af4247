//! Numbers in a row: dates and times in figures, and what is only dictation.

use super::{
    lexicon::{Lex, look_up},
    scan::Scan,
};
use crate::understand::words::{Joint, Word};

impl Scan {
    /// "douze zéro un deux mille vingt-sept", "le zéro un douze", "quatorze
    /// heures zéro cinq": a zero said apart belongs to the digit after it.
    pub fn join_zeros(&mut self) {
        let mut at = 1;
        while at + 1 < self.lex.len() {
            if let (Lex::Number(0), Lex::Number(digit @ 0..=9)) = (self.lex[at], self.lex[at + 1])
                && (self.is_month(at, digit) || self.is_minute(at) || self.is_day(at, digit))
            {
                self.lex[at] = Lex::Padded(digit);
                self.words[at].1 = self.words[at + 1].1;
                self.lex.remove(at + 1);
                self.words.remove(at + 1);
            }
            at += 1;
        }
    }

    fn is_month(&self, zero: usize, digit: u16) -> bool {
        let year = matches!(self.lex.get(zero + 2), Some(Lex::Number(2000..=2099)));
        let introduced = zero >= 2 && matches!(self.lex[zero - 2], Lex::Le | Lex::Weekday(_));
        digit > 0 && matches!(self.lex[zero - 1], Lex::Number(1..=31)) && (year || introduced)
    }

    fn is_minute(&self, zero: usize) -> bool {
        let hour = self.lex[zero - 1] == Lex::Heure
            || matches!(self.lex[zero - 1], Lex::Number(5..=23)) && self.is_hour(zero - 1);
        hour && !self.lex.get(zero + 2).is_some_and(|lex| is_number(*lex))
    }

    fn is_day(&self, zero: usize, digit: u16) -> bool {
        let month = matches!(self.lex.get(zero + 2), Some(Lex::Number(1..=12)));
        let ends = !self.lex.get(zero + 3).is_some_and(|lex| is_number(*lex));
        digit > 0 && self.lex[zero - 1] == Lex::Le && !self.is_dictated(zero) && month && ends
    }

    /// "c'est le 01 12" begins a telephone number.
    fn is_dictated(&self, at: usize) -> bool {
        at >= 2 && self.lex[at - 2] == Lex::Suis
    }

    /// True when an hour is expected at `at`, whose minutes may follow.
    fn is_hour(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.lex[before]);
        matches!(
            before,
            Some(
                Lex::A
                    | Lex::Vers
                    | Lex::Pour
                    | Lex::Demain
                    | Lex::ApresDemain
                    | Lex::Aujourdhui
                    | Lex::Matin
                    | Lex::Soir
                    | Lex::ApresMidi
            )
        )
    }

    /// "demain 14 05": minutes that begin with a zero.
    pub fn join_minutes(&mut self) {
        for at in (1..self.lex.len().saturating_sub(1)).rev() {
            let pair = (self.lex[at], self.lex[at + 1]);
            let ends = !self.lex.get(at + 2).is_some_and(|lex| is_number(*lex));
            if matches!(pair, (Lex::Number(5..=23), Lex::Padded(0..=9))) && ends && self.is_hour(at)
            {
                self.lex.insert(at + 1, Lex::Colon);
                self.words.insert(at + 1, self.words[at + 1]);
            }
        }
    }

    /// True for the dot of "à 14.30", whose hour was read last.
    pub fn is_dotted_hour(&self, words: &[Word], at: usize) -> bool {
        let Some(hour) = self.lex.len().checked_sub(1) else { return false };
        let minute = words[at].folded.parse::<u16>().ok().filter(|_| words[at].folded.len() == 2);
        let Some(minute @ 0..=59) = minute else { return false };
        // "mardi 9.12" is a date as well.
        let day = hour > 0 && matches!(self.lex[hour - 1], Lex::Weekday(_));
        let introduced = self.is_hour(hour) || day && (minute == 0 || minute > 12);
        let ends = words.get(at + 1).is_none_or(|next| {
            !matches!(next.joint, Joint::Sign(_)) && look_up(&next.folded) != Lex::Unit
        });
        introduced && ends && matches!(self.lex[hour], Lex::Number(0..=23) | Lex::Padded(0..=9))
    }

    /// How many tokens at `start` are a date in figures alone: with its year,
    /// or introduced and with a month like "01".
    fn date_in_figures(&self, start: usize, run: usize) -> usize {
        let before = start.checked_sub(1).map(|before| self.lex[before]);
        match self.lex[start..] {
            [
                Lex::Number(1..=31) | Lex::Padded(1..=31),
                Lex::Number(1..=12) | Lex::Padded(1..=12),
                Lex::Number(2000..=2099),
                ..,
            ] => 3,
            [Lex::Number(1..=31), Lex::Padded(1..=9), ..]
                if run == 2 && matches!(before, Some(Lex::Le | Lex::Weekday(_))) =>
            {
                2
            }
            [Lex::Padded(1..=9), Lex::Number(1..=12), ..]
                if run == 2 && before == Some(Lex::Le) && !self.is_dictated(start) =>
            {
                2
            }
            _ => 0,
        }
    }

    /// Numbers in a row that cannot be a date or a time are dictation.
    pub fn hush_dictation(&mut self) {
        let mut start = 0;
        while start < self.lex.len() {
            let run = self.lex[start..].iter().take_while(|lex| is_number(**lex)).count();
            let date = self.date_in_figures(start, run);
            if date > 0 {
                start += date;
                continue;
            }
            let padded = self.lex[start..start + run]
                .iter()
                .any(|lex| matches!(lex, Lex::Padded(n) if *n < 10));
            let before = start.checked_sub(1).map(|before| self.lex[before]);
            let numbered = matches!(before, Some(Lex::Plus));
            let padded = padded && !matches!(before, Some(Lex::Colon | Lex::Slash));
            if run >= 4
                || (run >= 2 && padded && self.lex.get(start + run) != Some(&Lex::Heure))
                || numbered
            {
                self.lex[start..start + run].fill(Lex::Other);
            }
            start += run.max(1);
        }
    }
}

fn is_number(lex: Lex) -> bool {
    matches!(lex, Lex::Number(_) | Lex::Padded(_))
}
