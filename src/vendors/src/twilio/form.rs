//! The forms that Twilio posts.

use std::collections::BTreeMap;

/// More fields than Twilio ever sends are not read.
const MAX_FIELDS: usize = 300;

/// The decoded fields of a form, in the order they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Decodes a body. Never fails: bytes that are no UTF-8 are replaced, and
    /// a signature over them then does not fit.
    pub fn decode(body: &[u8]) -> Self {
        let fields = form_urlencoded::parse(body).into_owned().take(MAX_FIELDS);
        Self(fields.collect())
    }

    /// Builds a form from fields.
    pub fn of(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(fields.into_iter().collect())
    }

    /// Encodes it as a body.
    pub fn encode(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }

    /// A field's trimmed text; `None` when it is absent or empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// All fields, as they came.
    pub fn fields(&self) -> &[(String, String)] {
        &self.0
    }

    /// Names in byte order, each with its different values in order: what is signed.
    pub(super) fn sorted(&self) -> BTreeMap<&str, std::collections::BTreeSet<&str>> {
        let mut sorted: BTreeMap<&str, std::collections::BTreeSet<&str>> = BTreeMap::new();
        for (name, value) in &self.0 {
            sorted.entry(name).or_default().insert(value);
        }
        sorted
    }
}
