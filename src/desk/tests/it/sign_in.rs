//! Signing in by mail and by password, sessions.

use crate::house::{House, monday};
use desk::outbox::{self, KeptLetter, Mail, Outside};
use desk::recordings::Recordings;
use desk::sign_in::password::{self, Tried};
use desk::sign_in::{self, Asked, Email};
use desk::tenants;
use domain::id::TenantId;
use domain::tenant::settings::Settings;
use jiff::SignedDuration;
use std::sync::{Arc, Mutex};
use store::on_both_backends;
use store::testing::Bench;

on_both_backends!(
    a_known_address_gets_a_link_that_opens_its_tenant,
    an_unknown_address_gets_no_letter_and_the_same_answer,
    a_link_is_used_up_and_gets_old,
    staff_opens_the_test_tenant_and_nobody_elses,
    asking_again_and_again_is_limited,
    a_password_opens_when_it_is_right,
    wrong_passwords_are_limited,
);

const MEMBER: &str = "camille@exemple.fr";

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

/// Tenant 2 with one member, and letters that are kept.
async fn house(bench: Bench) -> (House, Outside, Arc<Mutex<Vec<KeptLetter>>>) {
    let house = House::open(bench).await;
    let file = format!(
        "name = \"Cabinet Martin\"\n[[member]]\nemail = \"{MEMBER}\"\nrole = \"secretary\"\n"
    );
    let settings = Settings::from_toml(&file).unwrap();
    tenants::apply(&house.office, &settings).await.unwrap();
    let letters = Arc::new(Mutex::new(Vec::new()));
    let mail = Mail::Kept(Arc::clone(&letters));
    (
        house,
        Outside { mail, recordings: Recordings::Off, home: "https://uwi.example".to_owned() },
        letters,
    )
}

fn token(letter: &KeptLetter) -> String {
    let start = letter.text.find("https://uwi.example/login/").unwrap();
    let rest = &letter.text[start + "https://uwi.example/login/".len()..];
    rest.split_whitespace().next().unwrap().to_owned()
}

async fn a_known_address_gets_a_link_that_opens_its_tenant(bench: Bench) {
    let (house, outside, letters) = house(bench).await;
    let asked = sign_in::request_link(&house.office, &email(MEMBER), "192.0.2.1").await.unwrap();
    assert_eq!(asked, Asked::Taken);
    assert_eq!(outbox::run_due(&house.office, &outside).await.unwrap(), 1);
    let letter = letters.lock().unwrap()[0].clone();
    assert_eq!(letter.to, MEMBER);
    let secret = token(&letter);
    let kept = house.texts("SELECT token_hash FROM magic_links").await;
    assert!(!kept.contains(&secret), "only the hash is stored");
    let entered = sign_in::consume_link(&house.office, &secret).await.unwrap().unwrap();
    assert_eq!((entered.email, entered.tenant), (email(MEMBER), TenantId(2)));
    assert_eq!(outbox::run_due(&house.office, &outside).await.unwrap(), 0);
}

async fn an_unknown_address_gets_no_letter_and_the_same_answer(bench: Bench) {
    let (house, outside, letters) = house(bench).await;
    let stranger = email("personne@exemple.fr");
    let asked = sign_in::request_link(&house.office, &stranger, "192.0.2.1").await.unwrap();
    assert_eq!(asked, Asked::Taken);
    assert_eq!(outbox::run_due(&house.office, &outside).await.unwrap(), 1);
    assert!(letters.lock().unwrap().is_empty());
    assert_eq!(sign_in::login_link(&house.office, &stranger, None).await.unwrap(), None);
}

async fn a_link_is_used_up_and_gets_old(bench: Bench) {
    let (house, _, _) = house(bench).await;
    let office = &house.office;
    let make = async || {
        let path = sign_in::login_link(office, &email(MEMBER), None).await.unwrap().unwrap();
        path.strip_prefix("/login/").unwrap().to_owned()
    };
    let first = make().await;
    assert!(sign_in::link_works(office, &first).await.unwrap());
    assert!(sign_in::consume_link(office, &first).await.unwrap().is_some());
    assert!(sign_in::consume_link(office, &first).await.unwrap().is_none());
    let second = make().await;
    office.world.clock.set(monday() + SignedDuration::from_mins(10));
    assert!(!sign_in::link_works(office, &second).await.unwrap());
    assert!(sign_in::consume_link(office, &second).await.unwrap().is_none());
    assert!(sign_in::consume_link(office, "").await.unwrap().is_none());
}

async fn staff_opens_the_test_tenant_and_nobody_elses(bench: Bench) {
    let (house, _, _) = house(bench).await;
    let staff = email("STAFF@localhost");
    let places = sign_in::places(&house.office, &staff).await.unwrap();
    assert_eq!(places.iter().map(|place| place.tenant).collect::<Vec<_>>(), [TenantId(1)]);
    let elsewhere = sign_in::login_link(&house.office, &staff, Some(TenantId(2))).await.unwrap();
    assert_eq!(elsewhere, None);
}

async fn asking_again_and_again_is_limited(bench: Bench) {
    let (house, _, _) = house(bench).await;
    let office = &house.office;
    let mut answers = Vec::new();
    for _ in 0..6 {
        answers.push(sign_in::request_link(office, &email(MEMBER), "192.0.2.1").await.unwrap());
    }
    assert_eq!(answers[4..], [Asked::Taken, Asked::EnoughForAddress]);
    for turn in 0..24 {
        let other = email(&format!("person{turn}@exemple.fr"));
        sign_in::request_link(office, &other, "192.0.2.1").await.unwrap();
    }
    let last = sign_in::request_link(office, &email("x@exemple.fr"), "192.0.2.1").await.unwrap();
    assert_eq!(last, Asked::EnoughForNetwork);
    let elsewhere = sign_in::request_link(office, &email("x@exemple.fr"), "192.0.2.2").await;
    assert_eq!(elsewhere.unwrap(), Asked::Taken);
    office.world.clock.set(monday() + SignedDuration::from_mins(15));
    let later = sign_in::request_link(office, &email(MEMBER), "192.0.2.1").await.unwrap();
    assert_eq!(later, Asked::Taken);
}

async fn a_password_opens_when_it_is_right(bench: Bench) {
    let (house, _, _) = house(bench).await;
    let (office, member) = (&house.office, email(MEMBER));
    let right = "une phrase assez longue";
    let login = async |password: &str| {
        password::password_login(office, &member, password.to_owned(), "192.0.2.1").await.unwrap()
    };
    assert_eq!(login(right).await, Tried::Wrong);
    password::set(office, &member, right.to_owned()).await.unwrap();
    assert_eq!(login("une autre phrase").await, Tried::Wrong);
    assert!(matches!(login(right).await, Tried::In(entered) if entered.tenant == TenantId(2)));
    password::remove(office, &member).await.unwrap();
    assert_eq!(login(right).await, Tried::Wrong);
    assert!(password::check(&member, "court").is_err());
    assert!(password::check(&member, "aaaaaaaaaaaaaaa").is_err());
    assert!(password::check(&member, MEMBER).is_err());
}

async fn wrong_passwords_are_limited(bench: Bench) {
    let (house, _, _) = house(bench).await;
    let stranger = email("personne@exemple.fr");
    let mut last = Tried::Wrong;
    for _ in 0..9 {
        let guess = "devinette".to_owned();
        last =
            password::password_login(&house.office, &stranger, guess, "192.0.2.9").await.unwrap();
    }
    assert_eq!(last, Tried::TooMany);
}
