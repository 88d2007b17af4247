//! What real callers say, and what it means.

mod shown;

use shown::understood;

#[test]
fn peek() {
    let now = jiff::civil::date(2026, 11, 18).at(10, 0, 0, 0);
    for line in std::fs::read_to_string("/tmp/dates-all.txt").unwrap().lines() {
        println!("{line}  =>  {}", understood(line, now, 3));
    }
}
