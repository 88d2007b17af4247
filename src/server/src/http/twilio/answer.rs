//! What Twilio is to do with the caller.

use crate::http::site::Site;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use desk::switchboard::{self, Alone, Destination, Resumed, Then, TurnReply};
use domain::id::CallId;
use domain::phone::E164;
use reqwest::Url;
use store::StoreError;
use vendors::twilio::twiml::{CONTENT_TYPE, Dial, Gather, Party, Twiml, Voice};

/// How long a caller may be silent before we ask again, in seconds.
const SILENCE: u16 = 5;

/// The call that is being answered.
pub(super) struct Line<'a> {
    pub(super) site: &'a Site,
    pub(super) call: &'a CallId,
    /// The dialled number, as Twilio writes it.
    pub(super) dialled: Option<&'a str>,
    /// The caller's number, as Twilio writes it.
    pub(super) caller: Option<&'a str>,
    /// Where Twilio reached us.
    pub(super) base: &'a str,
}

/// A document for Twilio.
pub(super) fn document(text: String) -> Response {
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response()
}

/// A sentence, after which the call ends.
pub(super) fn goodbye(sentence: &str) -> String {
    Twiml::new(Voice::FRENCH).say(sentence).hang_up().finish()
}

/// The call ends without a word.
pub(super) fn hang_up() -> String {
    Twiml::new(Voice::FRENCH).hang_up().finish()
}

impl Line<'_> {
    /// One of our hooks, as Twilio reaches it.
    pub(super) fn url(&self, after: &str) -> Option<Url> {
        Url::parse(&format!("{}/api/webhooks/call/{after}", self.base)).ok()
    }

    /// What is said and done after turn number `turn`.
    pub(super) async fn reply(&self, reply: &TurnReply, turn: i64) -> Result<String, StoreError> {
        match &reply.then {
            Then::HangUp => Ok(goodbye(&reply.say)),
            Then::Listen => Ok(self.listen(&reply.say, turn)),
            Then::Transfer(number) => {
                let to = switchboard::rings(&self.site.office, self.call, number).await?;
                match to {
                    Some(to) => Ok(self.ring(Some(&reply.say), &to)),
                    None => self.alone(&Alone::Human("not_allowed".to_owned())).await,
                }
            }
        }
    }

    /// Takes the caller over whom nobody speaks with.
    pub(super) async fn alone(&self, why: &Alone) -> Result<String, StoreError> {
        let office = &self.site.office;
        match switchboard::left_alone(office, self.call, self.dialled, why).await? {
            None => Ok(hang_up()),
            Some(Resumed { reply, turn }) => Ok(match reply.then {
                // A caller who is taken over is passed to nobody at once.
                Then::Listen | Then::Transfer(_) => self.listen(&reply.say, turn),
                Then::HangUp => goodbye(&reply.say),
            }),
        }
    }

    /// Says something and listens: what is heard, and that nothing is, is the
    /// next turn.
    fn listen(&self, say: &str, turn: i64) -> String {
        let next = turn.saturating_add(1);
        let Some(action) = self.url(&format!("gather?turn={next}")) else { return goodbye(say) };
        let gather = Gather { say, silence_seconds: SILENCE, keys: None, action: &action };
        Twiml::new(Voice::FRENCH).gather(&gather).redirect(&action).finish()
    }

    /// Has somebody rung. They see who calls; for a hidden caller, our number.
    pub(super) fn ring(&self, say: Option<&str>, to: &Destination) -> String {
        let Some(action) = self.url("dial") else { return hang_up() };
        let known = |raw: Option<&str>| raw.and_then(|raw| E164::parse(raw, "FR").ok());
        let ours = known(self.dialled).filter(|_| known(self.caller).is_none());
        let dial = Dial {
            to: Party::Number(&to.number),
            caller_id: ours.as_ref(),
            ring_seconds: u16::try_from(to.ring_seconds).unwrap_or(u16::MAX),
            action: &action,
        };
        let twiml = Twiml::new(Voice::FRENCH);
        let twiml = match say {
            Some(say) => twiml.say(say),
            None => twiml,
        };
        twiml.dial(&dial).finish()
    }
}
