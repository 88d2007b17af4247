use super::*;
use domain::id::TenantId;
use domain::tenant::settings::Settings;
use jiff::SignedDuration;

/// An appointment on Tuesday 10 March at 10 h in Paris, made a week before;
/// everything works all the time.
fn lived(until: Option<&str>, letters: &[(&str, u32, Fate, &'static str)]) -> Lived {
    let file = "name = \"Atelier\"\nterritory = \"none\"\n";
    let profile = Settings::from_toml(file).unwrap().profile(TenantId(2)).unwrap();
    let id = AppointmentId(uuid::Uuid::from_u128(7));
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let start = at("2026-03-10T09:00:00Z");
    let stand = Stand { start, from: at("2026-03-03T09:00:00Z"), until: until.map(at) };
    let first = at("2026-03-08T00:00:00Z");
    let worked = (0..900).map(|step| first + SignedDuration::from_mins(5 * step));
    let keys = letters.iter().enumerate().map(|(number, (_, minutes, ..))| {
        (number.to_string(), format!("reminder:{id}:{minutes}:{}", start.as_millisecond()))
    });
    let letters = letters.iter().enumerate().map(|(number, (when, _, fate, channel))| Letter {
        of: Of::Message(number.to_string()),
        channel,
        at: at(when),
        fate: *fate,
    });
    Lived {
        profiles: vec![Arc::new(profile)],
        persons: vec![Person { tenant: 0, calendar: 0, number: 0, mail: true }],
        stands: vec![vec![stand]],
        ids: HashMap::from([(id, 0)]),
        keys: keys.collect(),
        letters: letters.collect(),
        worked: worked.collect(),
        ..Lived::default()
    }
}

fn broken(until: Option<&str>, letters: &[(&str, u32, Fate, &'static str)]) -> Vec<String> {
    judge(&lived(until, letters)).told.into_iter().map(|broken| broken.promise).collect()
}

const DAY: (&str, u32, Fate, &str) = ("2026-03-09T09:00:00Z", 1440, Fate::Left, "sms");
const HOUR: (&str, u32, Fate, &str) = ("2026-03-10T08:05:00Z", 60, Fate::Left, "sms");

#[test]
fn what_left_as_it_should_breaks_nothing() {
    assert_eq!(broken(None, &[DAY, HOUR]), [""; 0]);
    assert_eq!(judge(&lived(None, &[DAY, HOUR])).due, 2);
    let refused = ("2026-03-10T08:00:00Z", 60, Fate::Refused, "sms");
    let mailed = ("2026-03-10T08:10:00Z", 60, Fate::Left, "email");
    assert_eq!(broken(None, &[DAY, refused, mailed]), [""; 0]);
    let lost = ("2026-03-10T08:10:00Z", 60, Fate::Lost, "email");
    assert_eq!(broken(None, &[DAY, refused, lost]), [""; 0]);
}

#[test]
fn every_broken_promise_is_seen() {
    let again = ("2026-03-09T09:05:00Z", 1440, Fate::Left, "sms");
    assert_eq!(broken(None, &[DAY, again, HOUR]), ["each reminder is sent once"]);
    assert_eq!(broken(None, &[DAY]), ["nobody is forgotten"]);
    let early = ("2026-03-09T08:55:00Z", 1440, Fate::Left, "sms");
    assert_eq!(broken(None, &[early, HOUR]), ["none too early, none too late"]);
    let night = ("2026-03-09T20:30:00Z", 1440, Fate::Left, "sms");
    assert_eq!(broken(None, &[night, HOUR]), ["none at night"]);
    let cancelled = Some("2026-03-10T08:00:00Z");
    assert_eq!(broken(cancelled, &[DAY, HOUR]), ["none after a move or a cancellation"]);
    assert_eq!(broken(cancelled, &[DAY]), [""; 0]);
}

#[test]
fn a_message_that_is_taken_twice_or_was_never_ordered_is_seen() {
    let mut twice = lived(None, &[DAY, HOUR]);
    let mut again = twice.letters[0].clone();
    again.fate = Fate::Lost;
    twice.letters.push(again);
    let told: Vec<_> = judge(&twice).told.into_iter().map(|broken| broken.promise).collect();
    assert_eq!(told, ["each message is sent once"]);
    let mut strange = lived(None, &[DAY, HOUR]);
    strange.keys.remove("0");
    let report = judge(&strange);
    assert_eq!(report.told[0].promise, "nothing is sent that was not ordered");
}

#[test]
fn whom_no_way_reaches_is_not_forgotten() {
    // The number was closed by the provider the day before, the mailbox by its server.
    let stopped = ("2026-03-09T09:00:00Z", 1440, Fate::Closed, "sms");
    let mut closed = lived(None, &[stopped]);
    assert_eq!(judge(&closed).broken, 2);
    let at = "2026-03-09T09:05:00Z".parse().unwrap();
    let of = Of::Address("p0@exemple.fr".to_owned());
    closed.letters.push(Letter { of, channel: "email", at, fate: Fate::Closed });
    assert_eq!(judge(&closed).broken, 0);
    let mut unsure = lived(None, &[DAY]);
    unsure.unsure.extend(unsure.keys.values().map(|key| key.replace(":1440:", ":60:")));
    let report = judge(&unsure);
    assert_eq!((report.broken, report.unsure), (0, 1));
}
