//! A form with a file, as browsers send it.

/// The most parts of a form.
const MOST: usize = 40;
/// The longest boundary that the standard allows.
const BOUNDARY: usize = 70;

/// One part: a field, or a file with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) name: String,
    pub(super) file: Option<String>,
    pub(super) bytes: &'a [u8],
}

/// The parts of a body; `None` for what is no such form.
pub(super) fn read<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let mut parameters = content_type.split(';').map(str::trim);
    if !parameters.next()?.eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters.find_map(|parameter| parameter.strip_prefix("boundary="))?;
    let boundary = boundary.trim_matches('"');
    if boundary.is_empty() || boundary.len() > BOUNDARY {
        return None;
    }
    let delimiter = format!("\r\n--{boundary}");
    let delimiter = delimiter.as_bytes();
    // The first stands at the very beginning.
    let mut rest = body.strip_prefix(&delimiter[2..])?;
    let mut parts = Vec::new();
    while parts.len() < MOST {
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let end = find(rest, delimiter)?;
        parts.push(part(&rest[..end])?);
        rest = &rest[end + delimiter.len()..];
    }
    None
}

fn find(within: &[u8], wanted: &[u8]) -> Option<usize> {
    within.windows(wanted.len()).position(|window| window == wanted)
}

fn part(raw: &[u8]) -> Option<Part<'_>> {
    let end = find(raw, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&raw[..end]).ok()?;
    let disposition = head.split("\r\n").find(|line| {
        line.get(..20).is_some_and(|start| start.eq_ignore_ascii_case("content-disposition:"))
    })?;
    let parameter = |name: &str| {
        let mut all = disposition.split(';').map(str::trim);
        let value = all.find_map(|text| text.strip_prefix(name)?.strip_prefix('='))?;
        Some(value.trim_matches('"').to_owned())
    };
    Some(Part { name: parameter("name")?, file: parameter("filename"), bytes: &raw[end + 4..] })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: &str = "multipart/form-data; boundary=----x";

    #[test]
    fn fields_and_a_file_are_read() {
        let body = "------x\r\nContent-Disposition: form-data; name=\"ville\"\r\n\r\nRennes\r\n\
            ------x\r\ncontent-disposition: form-data; name=\"kbis\"; filename=\"k.pdf\"\r\n\
            Content-Type: application/pdf\r\n\r\n%PDF-\r\n--x\r\n------x--\r\n";
        let parts = read(KIND, body.as_bytes()).unwrap();
        assert_eq!((parts[0].name.as_str(), parts[0].bytes), ("ville", &b"Rennes"[..]));
        assert_eq!(parts[1].file.as_deref(), Some("k.pdf"));
        assert_eq!(parts[1].bytes, b"%PDF-\r\n--x");
        assert_eq!(parts.len(), 2);
    }

    #[test]
    fn what_is_no_such_form_is_refused() {
        let empty = "------x\r\n\r\n\r\n------x--";
        for (kind, body) in [
            ("text/plain", ""),
            ("multipart/form-data", "x"),
            ("multipart/form-data; boundary=", "--"),
            (KIND, ""),
            (KIND, "------x"),
            (KIND, "------x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end"),
            (KIND, empty),
        ] {
            assert_eq!(read(kind, body.as_bytes()), None, "{kind} {body:?}");
        }
        assert_eq!(read(KIND, b"------x--\r\n"), Some(Vec::new()));
        let many = "------x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n".repeat(60);
        assert_eq!(read(KIND, format!("{many}------x--").as_bytes()), None);
    }
}
