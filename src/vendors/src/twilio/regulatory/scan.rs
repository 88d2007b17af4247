//! Scans of documents, and what Twilio says is missing before anybody reviews.

use super::super::client::{Host, Twilio};
use super::super::sid::{BundleSid, DocumentSid};
use super::calls::{BUNDLES, DOCUMENTS};
use crate::fault::Fault;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// The largest scan that Twilio takes, in bytes.
pub const LARGEST_SCAN: usize = 5 << 20;
/// The most problems that are told of one evaluation.
const PROBLEMS: usize = 20;

/// A scan of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    name: String,
    kind: &'static str,
    bytes: Vec<u8>,
}

impl Scan {
    /// Takes a PDF, JPEG or PNG of at most [`LARGEST_SCAN`], told by how it
    /// begins; `None` for anything else.
    pub fn read(name: &str, bytes: Vec<u8>) -> Option<Self> {
        let starts: [(&[u8], &str, &str); 3] = [
            (b"%PDF-", "application/pdf", "pdf"),
            (b"\xff\xd8\xff", "image/jpeg", "jpg"),
            (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
        ];
        let (_, kind, ending) = *starts.iter().find(|(start, ..)| bytes.starts_with(start))?;
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let stem: String = stem
            .chars()
            .take(60)
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        let stem = if stem.is_empty() { "document" } else { &stem };
        (bytes.len() <= LARGEST_SCAN).then(|| Self {
            name: format!("{stem}.{ending}"),
            kind,
            bytes,
        })
    }

    /// The name it is sent under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is made of.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A form with this file in it: the content type and the body.
    fn form(&self, fields: &[(&str, &str)]) -> (String, Vec<u8>) {
        // It must not occur in what it bounds: a hash of it does not.
        let boundary = format!("uwi-{}", hex::encode(&Sha256::digest(&self.bytes)[..16]));
        let mut body = Vec::with_capacity(self.bytes.len() + 1024);
        let disposition = "Content-Disposition: form-data; name=";
        for (name, value) in fields {
            let part = format!("--{boundary}\r\n{disposition}\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{boundary}\r\n{disposition}\"File\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
            self.name, self.kind
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&self.bytes);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body)
    }
}

impl Twilio {
    /// Registers a proof with its scan, as [`Self::create_document`] does
    /// without.
    ///
    /// *Repeating:* harmless but untidy: a second one stays unassigned.
    pub async fn upload_document(
        &self,
        tag: &str,
        kind: &str,
        attributes: &Map<String, Value>,
        scan: &Scan,
    ) -> Result<DocumentSid, Fault> {
        let attributes = Value::Object(attributes.clone()).to_string();
        let fields = [("FriendlyName", tag), ("Type", kind), ("Attributes", &attributes)];
        let (content_type, body) = scan.form(&fields);
        let made = self.upload(Host::Upload, DOCUMENTS, (&content_type, body)).await?;
        let made: Value = made.json()?;
        let sid = made.get("sid").and_then(Value::as_str).and_then(DocumentSid::parse);
        sid.ok_or_else(Fault::unreadable)
    }

    /// What a bundle lacks by Twilio's own rules; nothing when it can be handed
    /// in. No person looks at it for this.
    ///
    /// *Repeating:* safe: it only notes that somebody has asked.
    pub async fn evaluate(&self, bundle: &BundleSid) -> Result<Vec<String>, Fault> {
        let path = format!("{BUNDLES}/{bundle}/Evaluations");
        let answer: Value = self.post(Host::Numbers, &path, &[]).await?.json()?;
        if answer.get("status").and_then(Value::as_str) == Some("compliant") {
            return Ok(Vec::new());
        }
        let results = answer.get("results").and_then(Value::as_array).cloned().unwrap_or_default();
        let failed = results.iter().filter(|result| result["passed"] == Value::Bool(false));
        let mut problems: Vec<_> = failed.flat_map(reasons).take(PROBLEMS).collect();
        if problems.is_empty() {
            problems.push("The bundle is not complete.".to_owned());
        }
        Ok(problems)
    }
}

/// The reasons of one part: those of its fields, or its own.
fn reasons(result: &Value) -> Vec<String> {
    let text = |value: &Value| {
        let reason = value.get("failure_reason").and_then(Value::as_str);
        reason.map(|reason| reason.chars().take(300).collect::<String>())
    };
    let fields = result.get("invalid").and_then(Value::as_array);
    let fields: Vec<_> = fields.into_iter().flatten().filter_map(text).collect();
    if fields.is_empty() { text(result).into_iter().collect() } else { fields }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_is_what_it_begins_with() {
        let pdf = Scan::read("K bis été.exe", b"%PDF-1.7 ...".to_vec()).unwrap();
        assert_eq!((pdf.name(), pdf.kind), ("K_bis__t_.pdf", "application/pdf"));
        assert_eq!(Scan::read("", b"\xff\xd8\xff".to_vec()).unwrap().name(), "document.jpg");
        assert_eq!(Scan::read("kbis.pdf", b"MZ".to_vec()), None);
        let mut large = b"%PDF-".to_vec();
        large.resize(LARGEST_SCAN + 1, 0);
        assert_eq!(Scan::read("kbis.pdf", large), None);
    }
}
