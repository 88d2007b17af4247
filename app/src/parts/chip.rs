//! Outcomes and events: always an icon and a word.

use super::Icon;
use domain::event::EventKind;
use leptos::prelude::*;

/// How something looks: a state's class, an icon, a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// `good`, `note`, `warn`, `bad`, `accent` or nothing.
    pub state: &'static str,
    /// An icon's name.
    pub icon: &'static str,
    /// In a word.
    pub word: &'static str,
}

const fn look(state: &'static str, icon: &'static str, word: &'static str) -> Look {
    Look { state, icon, word }
}

/// What became of a call: its strongest event, or that it goes on.
pub fn outcome(event: Option<&str>, ended: Ended) -> Look {
    let kind = event.and_then(EventKind::parse);
    match (kind, ended) {
        (Some(kind), _) => event_look(kind),
        (None, Ended::No) => look("accent", "phone", "En cours"),
        (None, Ended::Yes) => look("", "phone", "Sans suite"),
    }
}

/// Whether a call has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It goes on.
    No,
    /// It has.
    Yes,
}

/// How an event looks.
pub fn event_look(kind: EventKind) -> Look {
    match kind {
        EventKind::BookingConfirmed => look("good", "booked", "Rendez-vous"),
        EventKind::ModifyDone => look("note", "moved", "Déplacé"),
        EventKind::CancelDone => look("", "cancelled", "Annulé"),
        EventKind::TransferredHuman => look("note", "forward", "Transféré"),
        EventKind::MessageTaken => look("warn", "message", "Message"),
        EventKind::ProspectCreated => look("good", "person", "Prospect"),
        EventKind::TicketCreated => look("warn", "message", "Ticket"),
        EventKind::QuestionAnswered => look("", "question", "Renseignement"),
        EventKind::UserAbandon => look("", "hangup", "Abandonné"),
        EventKind::Emergency => look("bad", "alert", "Urgence"),
        EventKind::TransferFailed => look("bad", "alert", "Transfert échoué"),
        EventKind::AgentFailed => look("bad", "alert", "Souci technique"),
        EventKind::TransferPrevented => look("", "forward", "Transfert refusé"),
        EventKind::CancelFailed => look("warn", "cancelled", "Annulation impossible"),
        EventKind::CallStarted => look("", "phone", "Début d’appel"),
        EventKind::ConsentObtained => look("", "check", "Accord donné"),
        EventKind::ConsentRefused => look("", "cancelled", "Enregistrement refusé"),
        EventKind::EmptyMessage => look("", "info", "Silence"),
        EventKind::RepeatUsed => look("", "info", "Répétition demandée"),
        EventKind::RecoveryStep => look("", "info", "Reformulation"),
        EventKind::IntentRouterTrigger => look("", "swap", "Changement de sujet"),
        EventKind::AntiLoopTrigger => look("", "swap", "Sortie de boucle"),
        EventKind::TimeConstraintImpossible => look("", "clock", "Aucun horaire possible"),
    }
}

/// What an event means, in a sentence.
pub fn event_sentence(kind: EventKind) -> &'static str {
    match kind {
        EventKind::BookingConfirmed => "Un rendez-vous a été inscrit.",
        EventKind::ModifyDone => "Un rendez-vous a été déplacé.",
        EventKind::CancelDone => "Un rendez-vous a été annulé.",
        EventKind::TransferredHuman => "L’appel a été passé vers une personne.",
        EventKind::MessageTaken => "Une demande a été notée pour vous.",
        EventKind::ProspectCreated => "Un prospect a été inscrit, avec ses réponses.",
        EventKind::TicketCreated => "Un ticket a été ouvert, et sa référence donnée.",
        EventKind::QuestionAnswered => "Une question a reçu sa réponse, d’après vos réglages.",
        EventKind::UserAbandon => "La personne est partie sans rien obtenir.",
        EventKind::Emergency => {
            "Une urgence a été reconnue ; la conduite à tenir a été dite d’abord."
        }
        EventKind::TransferFailed => "Personne n’a décroché : un rappel vous attend.",
        EventKind::AgentFailed => {
            "L’assistant n’a pas pu répondre : la personne a été reprise, un rappel vous attend."
        }
        EventKind::TransferPrevented => {
            "Vos réglages ne permettent pas de transfert à cette heure."
        }
        EventKind::CancelFailed => "L’annulation n’a pas pu se faire.",
        EventKind::CallStarted => "L’appel est arrivé.",
        EventKind::ConsentObtained => "La personne accepte d’être enregistrée.",
        EventKind::ConsentRefused => {
            "La personne refuse d’être enregistrée : ni le son ni ses mots ne sont gardés."
        }
        EventKind::EmptyMessage => "Rien n’a été entendu.",
        EventKind::RepeatUsed => "La personne a demandé de répéter.",
        EventKind::RecoveryStep => "La question a été posée autrement.",
        EventKind::IntentRouterTrigger => "La conversation a changé de but.",
        EventKind::AntiLoopTrigger => {
            "La conversation tournait en rond ; l’assistant en est sorti."
        }
        EventKind::TimeConstraintImpossible => "Aucun horaire libre ne correspondait.",
    }
}

/// A small mark with an icon and a word.
#[component]
pub fn Chip(
    /// How it looks.
    look: Look,
) -> impl IntoView {
    view! { <span class=format!("chip {}", look.state)><Icon name=look.icon/>{look.word}</span> }
}
