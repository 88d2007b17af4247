use super::*;
use crate::id::TenantId;
use crate::tenant::Profile;
use jiff::civil::{Weekday, date, time};
use proptest::prelude::*;

const WHOLE: &str = r#"
name = "Cabinet Martin"
timezone = "Europe/Paris"
country = "FR"
territory = "alsace-moselle"
address = "12 rue des Lilas, 67000 Strasbourg"
trade = "médecin généraliste"
agents = ["appointment", "support"]
access = "Tram A, arrêt Étoile."

[[hours]]
days = ["mon", "mardi", "jeu-ven"]
from = "09:00"
to = "12:30"

[[hours]]
days = ["Lun."]
from = "14h"
to = "18 h 30"

[[hours]]
days = ["sat"]
from = 20:00:00
to = "24:00"

[[closure]]
from = 2026-12-24
to = "2026-12-31"
reason = "congés"

[[closure]]
from = "2027-02-01"

[booking]
notice_minutes = 30
horizon_days = 90

[[calendar]]
name = "Docteur Hélène Martin"

[[calendar]]
name = "Docteur Hélène Martin"

[[service]]
name = "Consultation"
minutes = 20
price_cents = 3000

[[service]]
id = "bilan"
name = "Bilan complet"
minutes = 60

[[faq]]
question = "Y a-t-il un parking ?"
answer = "Oui, devant le cabinet."

[transfer]
number = "06 39 98 12 34"
hours = [{ days = ["mon"], from = "9:00", to = "10:00" }]

[[number]]
e164 = "01 99 00 45 67"
channel = "vocal"

[[member]]
email = "Camille@cabinet.example"
role = "owner"
"#;

fn profile(text: &str) -> Profile {
    Settings::from_toml(text).unwrap().profile(TenantId(7)).unwrap()
}

fn refusal(text: &str) -> String {
    Settings::from_toml(text).unwrap_err().to_string()
}

#[test]
fn a_whole_file_becomes_a_profile() {
    let profile = profile(WHOLE);
    assert_eq!(profile.territory, Territory::AlsaceMoselle);
    assert!(profile.health);
    assert_eq!(profile.hours.len(), 6);
    assert_eq!(profile.hours[1].to, time(18, 30, 0, 0));
    assert_eq!(profile.hours[5].day, Weekday::Saturday);
    assert_eq!(profile.hours[5].to_minute(), 1440);
    assert_eq!(profile.closures[0].from, date(2026, 12, 24));
    assert_eq!(profile.closures[1].to, date(2027, 2, 1));
    let slugs: Vec<&str> = profile.calendars.iter().map(|c| c.id.0.as_str()).collect();
    assert_eq!(slugs, ["docteur-helene-martin", "docteur-helene-martin-2"]);
    assert_eq!(profile.services[1].id.0, "bilan");
    assert_eq!(profile.faqs.last().unwrap().answer, "Tram A, arrêt Étoile.");
    assert_eq!(profile.transfer.unwrap().number.as_str(), "+33639981234");
    assert_eq!(profile.numbers[0].as_str(), "+33199004567");
    assert!(!profile.sandbox);
}

#[test]
fn a_name_is_enough() {
    let profile = profile("name = \"Dépannage Colas\"\ntrade = \"plombier\"");
    assert_eq!(profile.zone.iana_name(), Some("Europe/Paris"));
    assert_eq!(profile.calendars[0].id.0, "depannage-colas");
    assert_eq!(profile.services[0].minutes, 30);
    assert_eq!(profile.territory, Territory::Metropole);
    assert!(!profile.health && profile.hours.is_empty());
}

#[test]
fn the_holidays_follow_the_country_and_the_time_zone() {
    let territory = |country: &str, zone: &str| {
        let text = format!("name = \"A\"\ncountry = \"{country}\"\ntimezone = \"{zone}\"");
        profile(&text).territory
    };
    assert_eq!(territory("FR", "Indian/Reunion"), Territory::LaReunion);
    assert_eq!(territory("MQ", "America/Martinique"), Territory::Martinique);
    assert_eq!(territory("BE", "Europe/Brussels"), Territory::None);
}

#[test]
fn errors_name_the_field_and_say_what_is_wrong() {
    let hours = |days: &str, from: &str, to: &str| {
        format!("name = \"A\"\n[[hours]]\ndays = [{days}]\nfrom = \"{from}\"\nto = \"{to}\"")
    };
    let service =
        |minutes: &str| format!("name = \"A\"\n[[service]]\nname = \"B\"\nminutes = {minutes}");
    for (text, start) in [
        (hours("\"mon\"", "9:00", "25:00"), "hours[0].to: \"25:00\" is no time of day"),
        (hours("\"mon\"", "9", "10:00"), "hours[0].from: \"9\" is no time of day"),
        (hours("\"mon\"", "14:00", "12:00"), "hours[0].to: must be later"),
        (hours("\"mon\", \"lundredi\"", "9:00", "12:00"), "hours[0].days[1]: \"lundredi\" is no"),
        (hours("", "9:00", "12:00"), "hours[0].days: names no day"),
        (service("7"), "service[0].minutes: must be a multiple of 5"),
        (service("0"), "service[0].minutes: 0 is not between 5 and 480"),
        (service("485"), "service[0].minutes: 485 is not between"),
        (service("\"long\""), "service[0].minutes: invalid type"),
        ("name = \"\"".into(), "name: is empty"),
        ("id = 0\nname = \"A\"".into(), "id: must be 1 or more"),
        ("name = \"A\"\ntimezone = \"Paris\"".into(), "timezone: \"Paris\" is no time zone"),
        ("name = \"A\"\ncountry = \"France\"".into(), "country: \"France\" is no country"),
        ("name = \"A\"\nagents = [\"cook\"]".into(), "agents[0]: unknown variant `cook`"),
        ("name = \"A\"\ncolour = \"red\"".into(), "colour: unknown field `colour`"),
        ("name = \"A\"\n[booking]\nhorizon = 3".into(), "booking.horizon: unknown field"),
        ("name = \"A\"\n[booking]\nhorizon_days = 0".into(), "booking.horizon_days: 0 is not"),
        (
            "name = \"A\"\n[[closure]]\nfrom = \"demain\"".into(),
            "closure[0].from: \"demain\" is no",
        ),
        (
            "name = \"A\"\n[[number]]\ne164 = \"12\"".into(),
            "number[0].e164: telephone number is too",
        ),
        (
            "name = \"A\"\n[[member]]\nemail = \"x\"\nrole = \"owner\"".into(),
            "member[0].email: not an e-mail address",
        ),
        ("name = ".into(), "file: "),
        ("country = \"FR\"".into(), "file: missing field `name`"),
    ] {
        let refusal = refusal(&text);
        assert!(refusal.starts_with(start), "{text}\n=> {refusal}");
    }
}

#[test]
fn overlapping_hours_and_doubled_entries_are_refused() {
    let twice = "[[hours]]\ndays = [\"mon\"]\nfrom = \"9:00\"\nto = \"12:00\"\n";
    assert!(refusal(&format!("name = \"A\"\n{twice}{twice}")).starts_with("hours[1]: overlaps"));
    let number = "[[number]]\ne164 = \"0199004567\"\n";
    let same = "[[number]]\ne164 = \"+33 1 99 00 45 67\"\n";
    assert!(refusal(&format!("name = \"A\"\n{number}{same}")).starts_with("number[1].e164"));
    let member = "[[member]]\nemail = \"a@b.example\"\nrole = \"owner\"\n";
    let again = member.replace("a@", "A@");
    assert!(refusal(&format!("name = \"A\"\n{member}{again}")).starts_with("member[1].email"));
    let circle = format!("name = \"A\"\n{number}[transfer]\nnumber = \"0199004567\"");
    assert!(refusal(&circle).starts_with("transfer.number: is a number this tenant"));
}

#[test]
fn stored_settings_read_back_the_same() {
    let settings = Settings::from_toml(WHOLE).unwrap();
    assert_eq!(Settings::from_json(&settings.to_json()).unwrap(), settings);
    assert!(Settings::from_json("{\"name\":\"\"}").is_err());
    assert!(Settings::from_json("[]").is_err());
}

#[test]
fn the_demo_practice_is_complete_and_restricted() {
    let settings = Settings::sandbox_demo();
    let profile = settings.profile(TenantId(1)).unwrap();
    assert_eq!(profile.numbers[0].as_str(), "+33939240575");
    assert!(profile.health && profile.faqs.len() >= 5);
    let weekly: i32 = profile.hours.iter().map(|o| o.to_minute() - o.from_minute()).sum();
    assert!(weekly < 30 * 60);
    assert_eq!(Settings::from_json(&settings.to_json()).unwrap(), settings);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}", day in "\\PC{0,8}", at in "[0-9h: é]{0,7}") {
        let _ = Settings::from_toml(&text);
        let _ = Settings::from_json(&text);
        let hours = Hours { days: vec![day], from: Moment(at.clone()), to: Moment("23:00".into()) };
        let mut settings = Settings::sandbox_demo();
        settings.closure.push(ClosureEntry { from: Moment(at), to: None, reason: None });
        settings.hours = vec![hours];
        settings.name = text;
        let _ = settings.profile(TenantId(1));
    }
}

const OWN: &str = "name = \"A\"\n[[number]]\ne164 = \"01 99 00 45 67\"\n";

#[test]
fn other_people_are_rung_for_some_matters() {
    let rules = "[transfer]\nnumber = \"01 99 00 12 34\"\nring_seconds = 15\n\
        [[transfer_rule]]\nwords = [\"facture\", \"tiers payant\"]\nnumber = \"01 99 00 12 35\"\n\
        hours = [{ days = [\"mon\"], from = \"9h\", to = \"12h\" }]\n\
        [[transfer_rule]]\nabout = [\"results\"]\nnumber = \"01 99 00 12 36\"\n";
    let profile = profile(&format!("{OWN}{rules}"));
    assert_eq!(profile.transfer.as_ref().unwrap().ring_seconds, 15);
    assert_eq!(profile.transfer_rules[0].words, ["facture", "tiers payant"]);
    assert_eq!(profile.transfer_rules[0].to.ring_seconds, 25);
    assert_eq!(profile.transfer_rules[0].to.hours.len(), 1);
    assert_eq!(profile.transfer_rules[1].about, [crate::tenant::transfer::Subject::Results]);
    let numbers: Vec<&str> = profile.transfers().iter().map(|to| to.number.as_str()).collect();
    assert_eq!(numbers, ["+33199001235", "+33199001236", "+33199001234"]);
}

#[test]
fn a_transfer_that_cannot_work_is_refused_with_its_place() {
    let rule = |text: &str| refusal(&format!("{OWN}[[transfer_rule]]\n{text}\n"));
    assert!(rule("number = \"01 99 00 12 34\"").starts_with("transfer_rule[0]: says neither"));
    assert!(
        rule("about = [\"results\"]\nnumber = \"01 99 00 45 67\"")
            .starts_with("transfer_rule[0].number: is a number this tenant is called on")
    );
    assert!(
        rule("words = [\"a\"]\nnumber = \"01 99 00 12 34\"")
            .starts_with("transfer_rule[0].words[0]: is too short")
    );
    assert!(
        rule("about = [\"results\"]\nnumber = \"01 99 00 12 34\"\nring_seconds = 600")
            .starts_with("transfer_rule[0].ring_seconds: 600 is not between 5 and 60")
    );
    assert!(rule("about = [\"weather\"]\nnumber = \"01 99 00 12 34\"").contains("about"));
}

#[test]
fn a_call_is_not_recorded_unless_the_tenant_says_so() {
    use crate::tenant::notices::Recording;
    let notices = |text: &str| profile(&format!("{OWN}{text}")).notices;
    assert_eq!(notices("").record, Recording::Off);
    assert_eq!(notices("[recording]\nenabled = true\n").record, Recording::Announced);
    let asked = "[recording]\nenabled = true\nask_consent = true\n";
    assert_eq!(notices(asked).record, Recording::Asked);
    let greeting = notices("[notice]\ngreeting = \" Bienvenue chez nous \"\n").greeting;
    assert_eq!(greeting.as_deref(), Some("Bienvenue chez nous."));
}

#[test]
fn notices_that_mislead_or_ask_are_refused() {
    let refused = |text: &str| refusal(&format!("{OWN}{text}"));
    assert!(refused("[recording]\nask_consent = true\n").starts_with("recording.ask_consent"));
    assert!(
        refused("[notice]\nrecording = \"Cet appel est enregistré.\"\n")
            .starts_with("notice.recording: announces a recording that is not made")
    );
    assert!(
        refused("[notice]\ngreeting = \"Comment allez-vous ?\"\n")
            .starts_with("notice.greeting: asks something")
    );
    assert!(
        refused("[notice]\ngreeting = \"<b>Bonjour</b>\"\n")
            .starts_with("notice.greeting: holds a sign")
    );
}
