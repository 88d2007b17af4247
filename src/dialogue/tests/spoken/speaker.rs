//! Says telephone numbers as callers do and recognisers write them: pairs,
//! digits, triples, hyphens or none, regional words, "double", fillers,
//! corrections, homophones, several turns.

use super::oracle;

/// A small generator of chances; the same seed says the same numbers.
pub struct Dice(u64);

impl Dice {
    /// Dice that fall as the seed says.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`.
    pub fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides.max(1)
    }

    /// True so many times in a hundred.
    pub fn happens(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u64) as usize]
    }
}

/// A number, how it was said, and every number the words can mean.
pub struct Said {
    /// What was meant ("0639981234").
    pub digits: String,
    /// What was heard, one text a turn.
    pub turns: Vec<String>,
    /// All readings of the words, from the oracle; empty when it cannot tell.
    pub readings: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Pairs,
    Digits,
    Mixed,
    Triples,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefix {
    Full,
    NoZero,
    Plus33,
}

/// Says a number in some way.
pub fn say(dice: &mut Dice) -> Said {
    let digits = number(dice);
    if dice.happens(12) {
        return figures(dice, digits);
    }
    let manner = [Manner::Pairs, Manner::Pairs, Manner::Digits, Manner::Mixed, Manner::Triples]
        [dice.below(5) as usize];
    let prefix = match dice.below(10) {
        0 => Prefix::Plus33,
        1 => Prefix::NoZero,
        _ => Prefix::Full,
    };
    let tongue = Tongue { hyphens: dice.happens(45), regional: dice.happens(8) };
    let groups = without_prefix(cut(dice, &digits, manner), prefix);
    let mut clean: Vec<String> = groups.iter().map(|group| tongue.group(group)).collect();
    if prefix == Prefix::Plus33 {
        clean.insert(0, format!("plus {}", tongue.group("33")));
    }
    let rule = if manner == Manner::Pairs { oracle::Rule::Pairs } else { oracle::Rule::Free };
    let mut spoken = clean.clone();
    let splits = dice.happens(15) && prefix == Prefix::Full && spoken.len() > 3;
    if dice.happens(12) && prefix == Prefix::Full {
        repeat(dice, &mut spoken);
    } else if dice.happens(12) && manner != Manner::Triples && prefix == Prefix::Full && !splits {
        correct(dice, &groups, &mut spoken, tongue);
    }
    if !tongue.hyphens && dice.happens(20) {
        mishear(dice, &mut spoken);
    }
    if dice.happens(40) {
        hesitate(dice, &mut spoken);
    }
    let turns = if splits { in_turns(dice, &spoken) } else { vec![spoken.join(" ")] };
    let readings = if splits { Vec::new() } else { oracle::readings(&clean.join(" "), rule) };
    Said { digits, turns, readings }
}

/// Numbers kept for fiction and others in their manner; never to be dialled.
fn number(dice: &mut Dice) -> String {
    let start =
        dice.pick(&["063998", "019900", "026191", "035301", "046571", "053649", "06", "07", "09"]);
    let mut digits = start.to_owned();
    while digits.len() < 10 {
        digits.push(char::from(b'0' + dice.below(10) as u8));
    }
    digits
}

fn cut(dice: &mut Dice, digits: &str, manner: Manner) -> Vec<String> {
    let sizes: &[usize] = match manner {
        Manner::Pairs | Manner::Mixed => &[2, 2, 2, 2, 2],
        Manner::Digits => &[1; 10],
        Manner::Triples if dice.happens(50) => &[2, 3, 3, 2],
        Manner::Triples => &[1, 3, 3, 3],
    };
    let mut groups = Vec::new();
    let mut at = 0;
    for size in sizes {
        let group = &digits[at..at + size];
        at += size;
        if manner == Manner::Mixed && at > 2 && dice.happens(45) {
            groups.extend(group.chars().map(String::from));
        } else {
            groups.push(group.to_owned());
        }
    }
    groups
}

fn without_prefix(mut groups: Vec<String>, prefix: Prefix) -> Vec<String> {
    if prefix != Prefix::Full {
        groups[0].remove(0);
        groups.retain(|group| !group.is_empty());
    }
    groups
}

/// How a speaker's numbers are written.
#[derive(Clone, Copy)]
struct Tongue {
    hyphens: bool,
    regional: bool,
}

impl Tongue {
    /// A group of digits in words, zeros first.
    fn group(self, digits: &str) -> String {
        if digits.len() > 1
            && let Some(rest) = digits.strip_prefix('0')
        {
            return format!("zéro {}", self.group(rest));
        }
        let value: u16 = digits.parse().expect("the groups are digits");
        let words = oracle::words(value, self.regional);
        if self.hyphens { words } else { words.replace('-', " ") }
    }
}

/// "douze douze" → "deux fois douze", "neuf neuf" → "double neuf".
fn repeat(dice: &mut Dice, spoken: &mut Vec<String>) {
    let twice = (1..spoken.len().saturating_sub(1))
        .find(|at| spoken[*at] == spoken[at + 1] && !spoken[*at].starts_with("zéro "));
    if let Some(at) = twice {
        let how = if dice.happens(50) { "deux fois" } else { "double" };
        let group = spoken.remove(at);
        spoken[at] = format!("{how} {group}");
    }
}

/// "… douze non pardon treize …"
fn correct(dice: &mut Dice, groups: &[String], spoken: &mut Vec<String>, tongue: Tongue) {
    let at = 1 + dice.below(spoken.len() as u64 - 1) as usize;
    let right = &groups[at];
    let wrong: String = right
        .char_indices()
        .map(|(place, c)| {
            if place == 0 && c == '0' && right.len() > 1 {
                '0'
            } else {
                char::from(b'1' + (c as u8 - b'0' + 4) % 9)
            }
        })
        .collect();
    let excuse =
        dice.pick(&["non pardon", "euh non", "non pardon c'est", "pardon", "non excusez-moi"]);
    spoken.insert(at, format!("{} {excuse}", tongue.group(&wrong)));
}

fn mishear(dice: &mut Dice, spoken: &mut [String]) {
    let at = dice.below(spoken.len() as u64) as usize;
    let heard: Vec<&str> = spoken[at]
        .split(' ')
        .map(|word| match word {
            "quatre" => "cat",
            "sept" => "cet",
            "vingt" => "vin",
            "six" => "si",
            "un" => "hein",
            "huit" => "uit",
            "dix" => "dis",
            other => other,
        })
        .collect();
    if !spoken[at].contains("fois") {
        spoken[at] = heard.join(" ");
    }
}

fn hesitate(dice: &mut Dice, spoken: &mut Vec<String>) {
    let start = dice.pick(&[
        "",
        "c'est le",
        "alors euh",
        "mon numéro c'est le",
        "oui alors mon portable c'est le",
        "vous pouvez noter le",
    ]);
    if !start.is_empty() {
        spoken.insert(0, start.to_owned());
    }
    if dice.happens(60) && spoken.len() > 2 {
        let at = 2 + dice.below(spoken.len() as u64 - 2) as usize;
        spoken.insert(
            at,
            dice.pick(&["euh", "alors", "ensuite", "attendez", "voilà", "et puis"]).to_owned(),
        );
    }
    if dice.happens(30) {
        spoken.push(dice.pick(&["voilà", "merci", "c'est ça", "s'il vous plaît"]).to_owned());
    }
}

fn in_turns(dice: &mut Dice, spoken: &[String]) -> Vec<String> {
    let at = 1 + dice.below(spoken.len() as u64 - 1) as usize;
    vec![spoken[..at].join(" "), spoken[at..].join(" ")]
}

/// As a recogniser that writes figures.
fn figures(dice: &mut Dice, digits: String) -> Said {
    let pairs: Vec<&str> = (0..5).map(|pair| &digits[2 * pair..2 * pair + 2]).collect();
    let text = match dice.below(8) {
        0 => digits.clone(),
        1 => pairs.join("."),
        2 => pairs.join("-"),
        3 => format!("+33 {} {}", &digits[1..2], pairs[1..].join(" ")),
        4 => format!("+33{}", &digits[1..]),
        5 => format!("{} {} {} {}", &digits[..2], &digits[2..5], &digits[5..8], &digits[8..]),
        6 => format!("mon numéro c'est le {}", pairs.join(" ")),
        _ => pairs.join(" "),
    };
    Said { readings: vec![digits.clone()], digits, turns: vec![text] }
}
