//! Scratch.
#[test]
fn u() {
    for l in std::fs::read_to_string("/tmp/play/u.txt").unwrap().lines() {
        let u = dialogue::understand::understand(l, "2026-11-23T08:00".parse().unwrap());
        println!(
            "== {l}\n intents {:?} topic {:?} pol {:?} choice {:?} names {:?} motive {:?} emerg {:?}\n when {:?}\n except {:?} earliest {}",
            u.intents,
            u.topic,
            u.polarity,
            u.choice,
            u.names,
            u.motive,
            u.emergency,
            u.when,
            u.except,
            u.earliest
        );
    }
}
