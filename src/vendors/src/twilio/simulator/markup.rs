//! Reads TwiML: elements, attributes, texts; nothing else of XML.

/// An element of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }
}

/// The verbs of a document, or why it is none: Twilio's error 12100.
pub(super) fn verbs(document: &str) -> Result<Vec<Element>, &'static str> {
    let mut rest = document.trim_start_matches('\u{FEFF}').trim_start();
    if let Some(after) = rest.strip_prefix("<?xml") {
        rest = after.split_once("?>").ok_or("an open declaration")?.1.trim_start();
    }
    let (root, rest) = element(rest, 0)?;
    if root.name != "Response" || !rest.trim().is_empty() {
        return Err("not one <Response>");
    }
    Ok(root.children)
}

/// One element and what follows it.
fn element(text: &str, depth: usize) -> Result<(Element, &str), &'static str> {
    if depth > 8 {
        return Err("too deep");
    }
    let tag = text.strip_prefix('<').ok_or("no element")?;
    let end = tag_end(tag).ok_or("an open tag")?;
    let (head, mut rest) = (&tag[..end], &tag[end + 1..]);
    let closed = head.ends_with('/');
    let mut found = start(head.trim_end_matches('/'))?;
    if closed {
        return Ok((found, rest));
    }
    loop {
        let next = rest.find('<').ok_or("an open element")?;
        found.text.push_str(&unescape(&rest[..next]));
        rest = &rest[next..];
        if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>').ok_or("an open tag")?;
            found.text = found.text.trim().to_owned();
            let same = name.trim() == found.name;
            return if same { Ok((found, after)) } else { Err("crossed elements") };
        }
        let (child, after) = element(rest, depth + 1)?;
        found.children.push(child);
        rest = after;
    }
}

/// Where a tag ends: the first `>` outside of quotes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, character) in tag.char_indices() {
        match (quote, character) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), other) if open == other => quote = None,
            _ => {}
        }
    }
    None
}

fn start(head: &str) -> Result<Element, &'static str> {
    let (name, mut rest) = head.split_once(char::is_whitespace).unwrap_or((head, ""));
    let valid = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
    let mut found = Element { name: name.to_owned(), ..Element::default() };
    while !rest.trim().is_empty() {
        let (key, after) = rest.split_once('=').ok_or("an attribute without a value")?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or("no quote")?;
        let (value, after) = after[1..].split_once(quote).ok_or("an open quote")?;
        found.attributes.push((key.trim().to_owned(), unescape(value)));
        rest = after;
    }
    if valid { Ok(found) } else { Err("no name") }
}

fn unescape(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::twiml::{Twiml, Voice};
    use std::path::Path;

    #[test]
    fn every_documented_document_is_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/twilio/twiml");
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let verbs = verbs(&std::fs::read_to_string(&path).unwrap()).unwrap();
            assert_eq!(verbs.is_empty(), path.ends_with("empty.xml"), "{path:?}");
        }
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for bad in ["", "<Response>", "<Say/>", "<Response><Say></Response>", "<Response/>x", "é"]
        {
            assert!(verbs(bad).is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_again(said in ".{0,80}") {
            let read = verbs(&Twiml::new(Voice::FRENCH).say(&said).finish()).unwrap();
            let kept = |c: &char| {
                !matches!(c, '\u{FFFE}' | '\u{FFFF}')
                    && (!c.is_control() || matches!(c, '\t' | '\n' | '\r'))
            };
            let sent: String = said.chars().filter(kept).collect();
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            proptest::prop_assert_eq!(words(&read[0].text), words(&sent));
        }

        #[test]
        fn no_document_makes_the_reader_panic(text in ".{0,200}") {
            let _ = verbs(&text);
            let _ = verbs(&format!("<Response>{text}</Response>"));
        }
    }
}
