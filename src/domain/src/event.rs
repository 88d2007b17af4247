//! The events of a call (`ivr_events.event`).

use serde::{Deserialize, Serialize};

macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// What happened in a call. Unique on (tenant, call, event, subject).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum EventKind { $($(#[$doc])* $variant),+ }

        impl EventKind {
            /// Every kind, in the order of this list.
            pub const ALL: &[EventKind] = &[$(Self::$variant),+];

            /// The name stored in `ivr_events.event`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Reads [`EventKind::as_str`] back.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
            }
        }
    };
}

events! {
    /// The call reached us.
    CallStarted = "call_started",
    /// The caller agreed to what the tenant asks consent for.
    ConsentObtained = "consent_obtained",
    /// The caller refused to be recorded.
    ConsentRefused = "consent_refused",
    /// A turn in which nothing was heard.
    EmptyMessage = "empty_message",
    /// The caller asked to hear the last sentence again.
    RepeatUsed = "repeat_used",
    /// A step of the recovery ladder.
    RecoveryStep = "recovery_step",
    /// The dialogue changed the caller's goal after a misunderstanding.
    IntentRouterTrigger = "intent_router_trigger",
    /// The dialogue left a loop.
    AntiLoopTrigger = "anti_loop_trigger",
    /// No slot meets what the caller asked for.
    TimeConstraintImpossible = "time_constraint_impossible",
    /// A transfer was asked for but the tenant's rules refuse it now.
    TransferPrevented = "transfer_prevented",
    /// A committed booking.
    BookingConfirmed = "booking_confirmed",
    /// A committed cancellation.
    CancelDone = "cancel_done",
    /// A cancellation that could not be made.
    CancelFailed = "cancel_failed",
    /// A committed move.
    ModifyDone = "modify_done",
    /// The caller is being passed to a human (at the decision).
    TransferredHuman = "transferred_human",
    /// The transfer failed afterwards.
    TransferFailed = "transfer_failed",
    /// The voice agent that was to answer could not be reached, or broke off.
    AgentFailed = "agent_failed",
    /// The caller left and nothing was booked, moved, cancelled, answered, noted or transferred.
    UserAbandon = "user_abandon",
    /// A question was answered from the tenant's settings.
    QuestionAnswered = "question_answered",
    /// A message or callback request was stored.
    MessageTaken = "message_taken",
    /// A prospect was qualified and stored.
    ProspectCreated = "prospect_created",
    /// A support request was opened, with a reference.
    TicketCreated = "ticket_created",
    /// A medical emergency was heard.
    Emergency = "emergency",
}
