//! What a cue is besides a wish: told of the past, said in passing, a
//! preference, a fact asked for again.

use super::super::topics::AFTER_OR;
use super::{Cue, Cues};
use crate::understand::line::{Line, Stop};
use crate::understand::pattern::Match;

impl Cues<'_> {
    /// "Je vous préviens que je ne viendrai pas" is no message: it is said to us.
    pub(super) fn announces(&self, cue: &Match<Cue>) -> bool {
        let to_us = cue.start > 0 && self.line.is(cue.start - 1, &["vous", "pour"]);
        let calls_off = |other: &Match<Cue>| {
            matches!(other.means, Cue::Unable | Cue::Cancel)
                && cue.start < other.start
                && other.start <= cue.end + 3
        };
        to_us && self.found.iter().any(calls_off)
    }

    /// "Vous m'avez laissé un message", "suite à votre message".
    pub(super) fn received(&self, cue: &Match<Cue>) -> bool {
        let left = cue.start > 1
            && self.line.is(cue.start - 1, &["avez", "a", "ont"])
            && self.line.is(cue.start - 2, &["m", "nous"]);
        let yours = (cue.start..cue.end).any(|at| {
            at > 0 && self.line.is(at - 1, &["votre", "vos"]) && self.line.is(at, &["message"])
        });
        let before = self.found.iter().any(|other| {
            other.means == Cue::Message && other.start < cue.start && cue.start < other.end
        });
        left || yours || before
    }

    /// "Vous avez annulé mon rendez-vous", "c'est la troisième fois que vous
    /// annulez": it is told, not asked for.
    pub(super) fn already(&self, cue: &Match<Cue>) -> bool {
        const ADVERBS: &[&str] = &["pas", "deja", "bien", "encore", "tout"];
        const DONE: &[&str] = &["ete", "avez", "aviez", "ont", "a", "ai", "avais", "avait"];
        const VERBS: &[&str] = &["annul", "decal", "deplac", "report", "supprim"];
        let verb = self.line.text(cue.start);
        let told = verb.ends_with(['e', 's']) && VERBS.iter().any(|stem| verb.starts_with(stem));
        let mut before = cue.start;
        while before > 0 && self.line.is(before - 1, ADVERBS) {
            before -= 1;
        }
        // "Plutôt que d'annuler".
        let glued = usize::from(verb.starts_with("dan"));
        let instead = cue.start > 1
            && (glued == 1 || self.line.is(cue.start - 1, &["d", "de"]))
            && self.line.is(cue.start + glued - 2, &["que", "lieu"]);
        instead
            || told && before > 0 && self.line.is(before - 1, DONE)
            || self.covered(cue, |other| other == Cue::Complaint)
    }

    /// "Je pourrai pas venir cet après-midi": the future and one day.
    pub(super) fn called_off(&self, cue: &Match<Cue>) -> bool {
        let future = (cue.start..cue.end)
            .any(|at| self.line.is(at, &["vais", "va", "allons", "pourrai", "pourra", "pourrons"]));
        future && self.line.is(cue.end, &["ce", "cet", "cette"])
    }

    /// "Je ne peux pas venir le matin" speaks of what suits, not of an appointment.
    pub(super) fn preference(&self, cue: &Match<Cue>) -> bool {
        let at = cue.end;
        let plus = (cue.start..cue.end).any(|at| {
            self.line.is(at, &["plus", "viendrai", "viendra", "serai", "sera", "empechement"])
        });
        let usual = self
            .line
            .is(at, &["le", "les", "avant", "apres", "ce", "cet", "cette", "si", "que", "a"]);
        let own = (cue.start..at + 8).any(|at| self.line.is(at, &["rdv", "mon", "prevu"]));
        !plus && usual && !own && !self.called_off(cue)
    }

    /// "Je me rappelle plus" asks for no call.
    pub(super) fn remembers(&self, cue: &Match<Cue>) -> bool {
        self.line.is(cue.start, &["me", "m"])
            && cue.start > 0
            && self.line.is(cue.start - 1, &["je", "ne", "n"])
    }

    /// "L'adresse, c'est quoi déjà ?" asks for the address, not for the last
    /// sentence again; so does "redonnez-moi l'heure de mon rendez-vous".
    pub(super) fn repeats_fact(&self, cue: &Match<Cue>) -> bool {
        let rdv = (0..self.line.tokens.len()).any(|at| self.line.is(at, &["rdv"]));
        self.covered(cue, |other| match other {
            Cue::Foreign | Cue::About(_) | Cue::Message => true,
            Cue::Lookup => rdv,
            _ => false,
        })
    }

    /// "Le trois ou sept décembre" asks for no place.
    pub(super) fn alternative(&self, cue: &Match<Cue>) -> bool {
        let figure = self.line.text(cue.start + 1).starts_with(|c: char| c.is_ascii_digit());
        cue.start > 0
            && self.line.is(cue.start, &["ou"])
            && (figure
                || self.line.is(cue.start + 1, AFTER_OR)
                || self.line.is_named_day(cue.start + 1))
    }

    /// "Rien d'autre ?" asks on.
    pub(super) fn asked(&self, cue: &Match<Cue>) -> bool {
        let rest = &self.line.tokens[cue.end - 1..];
        rest.iter().map(|token| token.stop).find(|stop| *stop >= Stop::Hard) == Some(Stop::Question)
    }
}

/// "Je vous rappelle pour le rendez-vous" asks for nothing yet.
pub(super) fn calls_again(line: &Line<'_>, cue: &Match<Cue>) -> bool {
    let caller = |at: usize| line.is(at, &["je", "j"]);
    let to_us = cue.start > 1 && line.is(cue.start - 1, &["vous"]);
    line.text(cue.start).starts_with("rappel")
        && cue.start > 0
        && (caller(cue.start - 1) || to_us && caller(cue.start - 2))
}
