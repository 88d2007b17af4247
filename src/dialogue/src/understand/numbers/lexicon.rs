//! The words numbers are made of.

/// What a word adds to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// 0 to 16.
    Unit(i128),
    /// 20 to 90.
    Tens(i128),
    /// "cent".
    Hundred,
    /// "mille", "million", ...
    Scale(i128),
    /// "douzaine", "quinzaine": so many times what is before it.
    Batch(i128),
}

/// A word and whether it is an ordinal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it adds.
    pub sense: Sense,
    /// "troisième": the number ends here.
    pub ordinal: bool,
}

/// What a word adds to a number, cardinal or ordinal.
pub(super) fn sense(folded: &str) -> Option<Sense> {
    entry(folded).map(|entry| entry.sense)
}

/// True for a cardinal that can begin a number.
pub(super) fn is_cardinal(folded: &str) -> bool {
    cardinal(folded).is_some()
}

/// A word of a number.
pub(super) fn entry(folded: &str) -> Option<Entry> {
    if let Some(sense) = cardinal(folded) {
        return Some(Entry { sense, ordinal: false });
    }
    let sense = match folded {
        "premier" | "premiere" | "premiers" | "premieres" => Sense::Unit(1),
        "second" | "seconde" | "seconds" | "secondes" => Sense::Unit(2),
        "tierce" => Sense::Unit(3),
        _ => cardinal(&stem(folded)?)?,
    };
    Some(Entry { sense, ordinal: true })
}

/// "cinquième" → "cinq", "neuvième" → "neuf", "onzième" → "onze".
fn stem(folded: &str) -> Option<String> {
    let stem = folded.strip_suffix("iemes").or_else(|| folded.strip_suffix("ieme"))?;
    Some(match stem {
        "un" => "un".into(),
        "cinqu" => "cinq".into(),
        "neuv" => "neuf".into(),
        _ if cardinal(stem).is_some() => stem.into(),
        _ => format!("{stem}e"),
    })
}

fn cardinal(folded: &str) -> Option<Sense> {
    Some(match folded {
        "zero" | "zeros" => Sense::Unit(0),
        "un" | "une" => Sense::Unit(1),
        "deux" => Sense::Unit(2),
        "trois" => Sense::Unit(3),
        "quatre" => Sense::Unit(4),
        "cinq" => Sense::Unit(5),
        "six" => Sense::Unit(6),
        "sept" => Sense::Unit(7),
        "huit" => Sense::Unit(8),
        "neuf" => Sense::Unit(9),
        "dix" => Sense::Unit(10),
        "onze" => Sense::Unit(11),
        "douze" => Sense::Unit(12),
        "treize" => Sense::Unit(13),
        "quatorze" => Sense::Unit(14),
        "quinze" => Sense::Unit(15),
        "seize" => Sense::Unit(16),
        "vingt" | "vingts" => Sense::Tens(20),
        "trente" => Sense::Tens(30),
        "quarante" => Sense::Tens(40),
        "cinquante" => Sense::Tens(50),
        "soixante" => Sense::Tens(60),
        "septante" => Sense::Tens(70),
        "huitante" | "octante" => Sense::Tens(80),
        "nonante" => Sense::Tens(90),
        "cent" | "cents" => Sense::Hundred,
        "mille" | "milles" | "mil" => Sense::Scale(1_000),
        "million" | "millions" => Sense::Scale(1_000_000),
        "milliard" | "milliards" => Sense::Scale(1_000_000_000),
        "billion" | "billions" => Sense::Scale(1_000_000_000_000),
        "billiard" | "billiards" => Sense::Scale(1_000_000_000_000_000),
        "trillion" | "trillions" => Sense::Scale(1_000_000_000_000_000_000),
        "dizaine" | "dizaines" => Sense::Batch(10),
        "douzaine" | "douzaines" => Sense::Batch(12),
        "quinzaine" | "quinzaines" => Sense::Batch(15),
        "vingtaine" | "vingtaines" => Sense::Batch(20),
        "trentaine" | "trentaines" => Sense::Batch(30),
        "quarantaine" | "quarantaines" => Sense::Batch(40),
        "cinquantaine" | "cinquantaines" => Sense::Batch(50),
        "soixantaine" => Sense::Batch(60),
        "centaine" | "centaines" => Sense::Batch(100),
        "millier" | "milliers" => Sense::Batch(1_000),
        _ => return None,
    })
}
