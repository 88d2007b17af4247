//! When the simulators stand in for providers, and that pages say so.

use crate::house::House;
use store::testing::Bench;
use uwi::accounts::{are_simulated, is_announced};
use uwi::config::Config;

const PUBLIC: (&str, &str) = ("WEBHOOK_BASE_URL", "https://voix.example.fr");
const ON: (&str, &str) = ("UWI_SIMULATORS", "on");
const KEY: (&str, &str) = ("VAPI_API_KEY", "00000000-0000-4000-8000-000000000000");

/// The environment, whether they stand in, whether pages say so.
type Case = (&'static [(&'static str, &'static str)], bool, bool);

#[test]
fn in_public_they_stand_in_only_when_the_operator_says_so() {
    let cases: [Case; 6] = [
        (&[], true, false),
        (&[ON], true, false),
        (&[KEY], false, false),
        (&[PUBLIC], false, false),
        (&[PUBLIC, ON], true, true),
        (&[PUBLIC, ON, KEY], false, false),
    ];
    for (env, simulated, announced) in cases {
        let lookup = |name: &str| {
            env.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let config = Config::read(&lookup).unwrap();
        assert_eq!(are_simulated(&config), simulated, "{env:?}");
        assert_eq!(is_announced(&config), announced, "{env:?}");
    }
}

#[tokio::test]
async fn every_page_says_so_in_public_and_none_in_private() {
    for (env, says) in [(&[PUBLIC, ON][..], 1), (&[PUBLIC], 0), (&[], 0)] {
        let house = House::with(Bench::sqlite().await, env).await;
        for path in ["/", "/login", "/login/nothing", "/confidentialite", "/nulle-part", "/app/x"] {
            let page = house.get(path, &[("host", "voix.example.fr")]).await;
            assert_eq!(page.text.matches("sont simulés").count(), says, "{env:?} {path}");
        }
    }
}
