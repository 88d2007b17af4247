use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A provider's objects of one kind by their name, in the order they were made,
/// in the shape in which the provider shows them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Shelf(Vec<(String, Value)>);

impl Shelf {
    pub(crate) fn put(&mut self, name: &str, object: Value) {
        self.0.push((name.to_owned(), object));
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, object)| object)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.0.iter_mut().find(|(key, _)| key == name).map(|(_, object)| object)
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(key, _)| key == name)?;
        Some(self.0.remove(at).1)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().map(|(_, object)| object)
    }

    /// The name of the latest that is meant.
    pub(crate) fn latest(&self, is_meant: impl Fn(&Value) -> bool) -> Option<&str> {
        let found = self.0.iter().rev().find(|(_, object)| is_meant(object));
        found.map(|(name, _)| name.as_str())
    }

    /// The first whose field has this text.
    pub(crate) fn with(&self, field: &str, text: &str) -> Option<&Value> {
        self.all().find(|object| object.get(field).and_then(Value::as_str) == Some(text))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}
