//! Short stable names made from displayed ones.

/// Longer names are cut.
const MAX_CHARS: usize = 40;

/// `Docteur Hélène Martin` becomes `docteur-helene-martin`; a name without any
/// letter or digit becomes `fallback`.
pub(super) fn slug(name: &str, fallback: &str) -> String {
    let mut slug = String::new();
    for c in name.to_lowercase().chars() {
        match plain(c) {
            Some(letters) => slug.push_str(letters),
            None if c.is_ascii_alphanumeric() => slug.push(c),
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
        if slug.len() >= MAX_CHARS {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { fallback.to_owned() } else { slug.to_owned() }
}

/// The slugs of several names, in order, each only once: the second
/// `consultation` becomes `consultation-2`.
pub(super) fn unique_slugs<'a>(
    names: impl Iterator<Item = &'a str>,
    fallback: &str,
) -> Vec<String> {
    let mut slugs: Vec<String> = Vec::new();
    for name in names {
        let first = slug(name, fallback);
        let mut candidate = first.clone();
        let mut number = 2;
        while slugs.contains(&candidate) {
            candidate = format!("{first}-{number}");
            number += 1;
        }
        slugs.push(candidate);
    }
    slugs
}

fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'â' | 'ä' | 'á' | 'ã' => "a",
        'ç' => "c",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'î' | 'ï' | 'í' => "i",
        'ñ' => "n",
        'ô' | 'ö' | 'ó' | 'õ' => "o",
        'ù' | 'û' | 'ü' | 'ú' => "u",
        'ÿ' => "y",
        'œ' => "oe",
        'æ' => "ae",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        assert_eq!(slug("Docteur Hélène Martin", "x"), "docteur-helene-martin");
        assert_eq!(slug("  Suivi — 1re année (cœur) ", "x"), "suivi-1re-annee-coeur");
        assert_eq!(slug("日本 !", "service"), "service");
        assert!(slug(&"é".repeat(500), "x").len() <= MAX_CHARS + 1);
    }

    #[test]
    fn no_slug_comes_twice() {
        let names = ["Bilan", "bilan", "Bilan 2", "BILAN"];
        let slugs = unique_slugs(names.into_iter(), "x");
        assert_eq!(slugs, ["bilan", "bilan-2", "bilan-2-2", "bilan-3"]);
    }
}
