//! What patterns allow, and what they may cost.

use super::*;
use crate::understand::words::words;

const CLASSES: Classes = &[("want", "veux|voudrai*")];

fn found(pattern: &'static [&'static str], text: &str) -> bool {
    let words = words(text);
    !Grammar::new(CLASSES, [((), pattern)]).find(&Line::new(&words)).is_empty()
}

#[test]
fn a_pattern_allows_what_it_says_and_no_more() {
    let pattern: &[&str] = &["@want .. rdv"];
    assert!(found(pattern, "je voudrais un rendez-vous"));
    assert!(found(pattern, "je veux vraiment prendre un rdv"));
    assert!(!found(pattern, "je veux rester. Rendez-vous demain"));
    assert!(!found(pattern, "je veux un deux trois quatre rdv"));
    assert!(found(&["^ non merci? $"], "non"));
    assert!(found(&["^ non merci? $"], "non merci. Au revoir"));
    assert!(!found(&["^ non merci? $"], "non merci bien"));
}

#[test]
fn no_line_takes_more_than_its_effort() {
    let words = words(&"je ".repeat(crate::understand::words::MAX_WORDS));
    let line = Line::new(&words);
    let grammar =
        Grammar::new(CLASSES, [((), &["je ... je ... je ... je ... je ... je ... fin"][..])]);
    let symbols: Vec<Symbols> =
        line.tokens.iter().map(|token| grammar.symbols(token.text)).collect();
    let mut effort = 1_000;
    assert_eq!(grammar.rules[0].matches(&line, &symbols, 0, &mut effort), None);
    assert_eq!(effort, 0, "without a bound this takes millions of steps");
    assert!(grammar.find(&line).is_empty());
}
