//! What is edited on one page: how it is read, written, shown, asked.

use super::draft::{self, Draft, Typed};
use super::{hours, practice, questions, services, transfer, welcome};
use desk::settings::Part;
use domain::tenant::Profile;
use domain::tenant::settings::Settings;
use leptos::prelude::AnyView;

/// What is edited on one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Practice,
    Hours,
    Services,
    Questions,
    Transfer,
    Welcome,
}

impl Subject {
    /// The part of the settings that it changes.
    pub(crate) fn part(self) -> Part {
        match self {
            Self::Practice => Part::Practice,
            Self::Hours => Part::Hours,
            Self::Services => Part::Services,
            Self::Questions => Part::Questions,
            Self::Transfer => Part::Transfer,
            Self::Welcome => Part::Welcome,
        }
    }

    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Practice => "/app/reglages/cabinet",
            Self::Hours => "/app/reglages/horaires",
            Self::Services => "/app/reglages/services",
            Self::Questions => "/app/reglages/questions",
            Self::Transfer => "/app/reglages/transfert",
            Self::Welcome => "/app/reglages/accueil",
        }
    }

    /// Its title, and what callers notice of it.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Practice => (
                "Cabinet",
                "Les appelants entendent ce nom au décroché, et l’adresse quand ils la demandent.",
            ),
            Self::Hours => (
                "Horaires",
                "Les appelants entendent ces heures, et ne se voient proposer que des horaires qui y tiennent.",
            ),
            Self::Services => (
                "Rendez-vous proposés",
                "L’assistant propose ces rendez-vous, avec leur durée ; il ne donne un tarif que s’il est ici.",
            ),
            Self::Questions => (
                "Questions et réponses",
                "Les appelants qui posent ces questions entendent ces réponses, mot pour mot. Rien d’autre n’est inventé.",
            ),
            Self::Transfer => (
                "Transfert",
                "Qui demande une personne est passé à ces numéros, à ces heures. Si personne ne décroche, l’assistant reprend l’appel, propose de laisser un message, et un rappel vous attend dans tous les cas.",
            ),
            Self::Welcome => (
                "Accueil et enregistrement",
                "Ce que les appelants entendent au décroché, et ce qui reste de leur appel.",
            ),
        }
    }

    /// The fields that say what is stored.
    pub(crate) fn typed(self, settings: &Settings, profile: &Profile) -> Typed {
        match self {
            Self::Practice => practice::typed(settings),
            Self::Hours => hours::typed(profile),
            Self::Services => services::typed(profile),
            Self::Questions => questions::typed(settings),
            Self::Transfer => transfer::typed(settings, profile),
            Self::Welcome => welcome::typed(settings, profile),
        }
    }

    /// Writes the fields into the settings; says what cannot be read.
    pub(super) fn read(self, typed: &Typed, settings: &mut Settings) -> Typed {
        let mut problems = Typed::new();
        match self {
            Self::Practice => practice::read(typed, settings),
            Self::Hours => hours::read(typed, settings, &mut problems),
            Self::Services => services::read(typed, settings, &mut problems),
            Self::Questions => questions::read(typed, settings),
            Self::Transfer => transfer::read(typed, settings, &mut problems),
            Self::Welcome => welcome::read(typed, settings),
        }
        problems
    }

    /// The rows of the form, numbered without gaps.
    pub(super) fn tidy(self, typed: &mut Typed) {
        match self {
            Self::Practice | Self::Hours | Self::Welcome => {}
            Self::Services => {
                draft::tidy(typed, "s", &["nom", "minutes", "prix"]);
                draft::tidy(typed, "a", &["nom"]);
            }
            Self::Questions => draft::tidy(typed, "q", &["question", "reponse"]),
            Self::Transfer => draft::tidy(typed, "r", &["mots", "numero"]),
        }
    }

    /// The field that a path of the settings means: `service[1].name`, `s1_nom`.
    pub(super) fn field(self, path: &str) -> String {
        let (head, rest) = path.split_once('[').unwrap_or((path, ""));
        let (row, rest) = rest.split_once(']').unwrap_or((rest, ""));
        let row = row.parse::<usize>().unwrap_or_default();
        let leaf = rest.trim_start_matches('.').split(['[', '.']).next().unwrap_or_default();
        match self {
            Self::Practice => practice::field(head).to_owned(),
            Self::Hours => hours::field(head).to_owned(),
            Self::Services => services::field(head, row, leaf),
            Self::Questions => questions::field(head, row, leaf),
            Self::Transfer => transfer::field(head, row, leaf),
            Self::Welcome => welcome::field(head).to_owned(),
        }
    }

    /// The present value.
    pub(super) fn shown(self, settings: &Settings, profile: &Profile) -> AnyView {
        match self {
            Self::Practice => practice::shown(profile),
            Self::Hours => hours::shown(profile),
            Self::Services => services::shown(profile),
            Self::Questions => questions::shown(settings),
            Self::Transfer => transfer::shown(profile),
            Self::Welcome => welcome::shown(settings, profile),
        }
    }

    pub(super) fn fields(self, draft: &Draft) -> AnyView {
        match self {
            Self::Practice => practice::fields(draft),
            Self::Hours => hours::fields(draft),
            Self::Services => services::fields(draft),
            Self::Questions => questions::fields(draft),
            Self::Transfer => transfer::fields(draft),
            Self::Welcome => welcome::fields(draft),
        }
    }

    /// True when the voice provider keeps a copy of what it says.
    pub(super) fn is_told_to_voices(self) -> bool {
        matches!(self, Self::Practice | Self::Services | Self::Transfer | Self::Welcome)
    }
}
