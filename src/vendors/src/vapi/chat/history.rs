//! Reads the history in passing: nothing of it is kept but numbers and the
//! last things said, borrowed from the body until then.

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::borrow::Cow;
use std::fmt;

/// The conversation so far, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// How many messages are the caller's.
    pub user_messages: u32,
    /// The last of them.
    pub last_user: String,
    /// True when the assistant has spoken before.
    pub assistant_spoke: bool,
    /// The last thing the assistant said before that.
    pub last_assistant: String,
    /// What a function gave after the caller's last words, if one was called.
    pub tool_result: Option<String>,
}

/// Words in which Vapi tells that a transfer failed.
const FAILED: [&str; 9] = [
    "fail",
    "no-answer",
    "no answer",
    "not answer",
    "did not",
    "busy",
    "unreachable",
    "voicemail",
    "cancel",
];

impl History {
    /// True when the history shows that a transfer failed: the sentence that
    /// Vapi says then was said last, or a function gave that news.
    pub fn transfer_failed(&self, fallback: &str) -> bool {
        let told = self.tool_result.as_deref().is_some_and(|result| {
            let result = result.to_lowercase();
            FAILED.iter().any(|word| result.contains(word))
        });
        told || !fallback.is_empty() && self.last_assistant.trim() == fallback
    }
}

/// Reads the list of messages into its numbers.
pub(super) struct HistorySeed;

impl<'de> DeserializeSeed<'de> for HistorySeed {
    type Value = History;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<History, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for HistorySeed {
    type Value = History;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of messages")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut messages: A) -> Result<History, A::Error> {
        let mut history = History::default();
        let mut last = Cow::Borrowed("");
        let mut said = Cow::Borrowed("");
        let mut result = None;
        while let Some(message) = messages.next_element::<ChatMessage<'de>>()? {
            match message.role.as_ref() {
                "user" => {
                    history.user_messages = history.user_messages.saturating_add(1);
                    last = message.content;
                    result = None;
                }
                "assistant" | "bot" => {
                    history.assistant_spoke = true;
                    // A call of a function says nothing.
                    if !message.content.is_empty() {
                        said = message.content;
                    }
                }
                "tool" | "function" => result = Some(message.content),
                _ => {}
            }
        }
        history.last_user = last.into_owned();
        history.last_assistant = said.into_owned();
        history.tool_result = result.map(Cow::into_owned);
        Ok(history)
    }
}

/// One message; both fields empty when it is of a shape we do not know.
#[derive(Default)]
struct ChatMessage<'a> {
    role: Cow<'a, str>,
    content: Cow<'a, str>,
}

impl<'de> Deserialize<'de> for ChatMessage<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MessageVisitor)
    }
}

/// Accepts every JSON value where a fixed shape is expected: the rest of the
/// request still counts when one part of it is odd.
macro_rules! anything_else_is {
    ($default:expr) => {
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok($default)
        }
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok($default)
        }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok($default)
        }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok($default)
        }
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok($default)
        }
    };
}

struct MessageVisitor;

impl<'de> Visitor<'de> for MessageVisitor {
    type Value = ChatMessage<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a message")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut message = ChatMessage::default();
        while let Some(key) = fields.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "role" => message.role = fields.next_value::<Text<'de>>()?.0,
                "content" => message.content = fields.next_value::<Text<'de>>()?.0,
                _ => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        Ok(message)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(ChatMessage::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(ChatMessage::default())
    }

    anything_else_is!(ChatMessage::default());
}

/// A text in any of its forms: string, null, or a list of parts.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
        let mut whole = String::new();
        while let Some(part) = parts.next_element::<Text<'de>>()? {
            if !whole.is_empty() && !part.0.is_empty() {
                whole.push(' ');
            }
            whole.push_str(&part.0);
        }
        Ok(Text(Cow::Owned(whole)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut part: A) -> Result<Self::Value, A::Error> {
        let mut text = Text(Cow::Borrowed(""));
        while let Some(key) = part.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "text" => text = part.next_value()?,
                _ => drop(part.next_value::<IgnoredAny>()?),
            }
        }
        Ok(text)
    }

    anything_else_is!(Text(Cow::Borrowed("")));
}
