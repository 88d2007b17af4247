//! The words French numbers below a thousand are made of, and which sequences
//! of them are one number. Here the homophones of a bad line are known too;
//! they count only inside a dictation.

/// One number word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Atom {
    /// "zéro" to "seize", "vingt" to "soixante", "septante" to "nonante".
    Value(u8),
    /// "vingts": only "quatre-vingts" is written so.
    Vingts,
    /// "cent".
    Cent,
    /// "cents": ends its number.
    Cents,
    /// "et", between tens and "un" or "onze".
    Et,
}

/// How far a number's grammar is stretched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grammar {
    /// As French is written.
    Strict,
    /// With a lost "et" ("vingt un") and a plural too many ("quatre-vingts deux").
    Lenient,
    /// The same with hyphens that bind nothing ("zéro-six-trente-neuf").
    Loose,
}

/// The longest number in words: "neuf cent quatre vingt et un".
pub(super) const LONGEST: usize = 6;

/// A number word as it is written.
pub(super) fn plain(folded: &str) -> Option<Atom> {
    Some(match folded {
        "zero" | "zeros" => Atom::Value(0),
        "un" | "une" => Atom::Value(1),
        "deux" => Atom::Value(2),
        "trois" => Atom::Value(3),
        "quatre" => Atom::Value(4),
        "cinq" => Atom::Value(5),
        "six" => Atom::Value(6),
        "sept" => Atom::Value(7),
        "huit" => Atom::Value(8),
        "neuf" => Atom::Value(9),
        "dix" => Atom::Value(10),
        "onze" => Atom::Value(11),
        "douze" => Atom::Value(12),
        "treize" => Atom::Value(13),
        "quatorze" => Atom::Value(14),
        "quinze" => Atom::Value(15),
        "seize" => Atom::Value(16),
        "vingt" => Atom::Value(20),
        "trente" => Atom::Value(30),
        "quarante" => Atom::Value(40),
        "cinquante" => Atom::Value(50),
        "soixante" => Atom::Value(60),
        "septante" => Atom::Value(70),
        "huitante" | "octante" => Atom::Value(80),
        "nonante" => Atom::Value(90),
        "vingts" => Atom::Vingts,
        "cent" => Atom::Cent,
        "cents" => Atom::Cents,
        "et" => Atom::Et,
        _ => return None,
    })
}

/// A word that a recogniser writes for a number that sounds like it.
pub(super) fn homophone(folded: &str) -> Option<Atom> {
    Some(match folded {
        "hein" | "ain" | "ein" | "hun" => Atom::Value(1),
        "de" | "d" | "deu" | "deus" | "doeux" => Atom::Value(2),
        "troi" | "troie" | "toi" | "troix" => Atom::Value(3),
        "cat" | "quat" | "quatr" | "catre" | "katre" | "kat" | "quattre" => Atom::Value(4),
        "cinque" | "sinq" | "saint" | "sein" | "sink" | "cink" => Atom::Value(5),
        "si" | "sis" | "cis" | "scie" | "sisse" | "siz" | "ci" => Atom::Value(6),
        "cet" | "cette" | "set" | "sete" | "ces" | "ses" | "cets" => Atom::Value(7),
        "uit" | "huis" | "wit" | "huite" | "uite" => Atom::Value(8),
        "neuve" | "neufs" | "noeuf" | "oeuf" | "neuff" => Atom::Value(9),
        "dis" | "dit" | "disse" | "dits" | "diz" => Atom::Value(10),
        "once" | "onse" | "honze" => Atom::Value(11),
        "douce" | "douse" | "douzes" => Atom::Value(12),
        "treze" | "traize" | "treise" => Atom::Value(13),
        "quatorse" | "katorze" => Atom::Value(14),
        "kinze" | "quinse" => Atom::Value(15),
        "seze" | "saize" | "seise" | "ceize" => Atom::Value(16),
        "vin" | "vins" | "vint" | "vain" | "vaint" | "vient" | "vinght" => Atom::Value(20),
        "trante" | "trentes" | "rente" => Atom::Value(30),
        "carante" | "quarantes" | "karante" => Atom::Value(40),
        "cinquantes" | "sinquante" => Atom::Value(50),
        "soissante" | "soixantes" | "swassante" => Atom::Value(60),
        "sans" | "sang" => Atom::Cent,
        _ => return None,
    })
}

/// The number that exactly these words are, 0 to 999.
pub(super) fn value(atoms: &[Atom], grammar: Grammar) -> Option<u16> {
    let (hundreds, rest) = match atoms {
        [Atom::Cent, rest @ ..] => (1, rest),
        [Atom::Cents] => (1, &atoms[1..]),
        [Atom::Value(n @ 2..=9), Atom::Cent, rest @ ..] => (u16::from(*n), rest),
        [Atom::Value(n @ 2..=9), Atom::Cents] => (u16::from(*n), &atoms[2..]),
        [Atom::Value(n @ 2..=9), Atom::Cents, rest @ ..] if grammar != Grammar::Strict => {
            (u16::from(*n), rest)
        }
        _ => return below_hundred(atoms, grammar).map(u16::from),
    };
    match rest {
        [] => Some(hundreds * 100),
        [Atom::Value(0), ..] => None,
        _ => Some(hundreds * 100 + u16::from(below_hundred(rest, grammar)?)),
    }
}

fn below_hundred(atoms: &[Atom], grammar: Grammar) -> Option<u8> {
    use Atom::{Et, Value, Vingts};
    let lenient = grammar != Grammar::Strict;
    match atoms {
        [Value(n)] => Some(*n),
        [Value(4), Vingts] => Some(80),
        [Value(4), Value(20), rest @ ..] => eighties(rest),
        [Value(4), Vingts, rest @ ..] if lenient => eighties(rest),
        [Value(10), Value(n @ 7..=9)] => Some(10 + n),
        [Value(60), rest @ ..] if teens(rest).is_some_and(|n| n != 11 || lenient) => {
            Some(60 + teens(rest)?)
        }
        [Value(60), Et, Value(11)] => Some(71),
        [Value(tens @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90)), rest @ ..] => match rest {
            [Value(n @ 2..=9)] => Some(tens + n),
            [Et, Value(1)] => Some(tens + 1),
            [Value(1)] if lenient || *tens == 80 => Some(tens + 1),
            _ => None,
        },
        _ => None,
    }
}

/// After "quatre-vingt".
fn eighties(rest: &[Atom]) -> Option<u8> {
    match rest {
        [] => Some(80),
        [Atom::Value(n @ 1..=9)] | [Atom::Et, Atom::Value(n @ 1)] => Some(80 + n),
        _ => teens(rest).map(|n| 80 + n),
    }
}

/// 10 to 19.
fn teens(atoms: &[Atom]) -> Option<u8> {
    match atoms {
        [Atom::Value(n @ 10..=16)] => Some(*n),
        [Atom::Value(10), Atom::Value(n @ 7..=9)] => Some(10 + n),
        _ => None,
    }
}
