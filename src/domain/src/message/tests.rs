use super::*;

#[test]
fn statuses_only_move_forward() {
    use Status::{Delivered, Failed, Pending, Read, Refused, Sent, Unknown};
    for (from, to) in [(Pending, Sent), (Unknown, Sent), (Sent, Read), (Failed, Delivered)] {
        assert!(from.may_become(to), "{from:?} → {to:?}");
    }
    for (from, to) in [(Delivered, Sent), (Read, Delivered), (Refused, Sent), (Sent, Unknown)] {
        assert!(!from.may_become(to), "{from:?} → {to:?}");
    }
    for status in Status::ALL {
        assert!(!status.may_become(*status), "{status:?} is no step");
    }
}

#[test]
fn a_commercial_message_cannot_be_read_back_without_its_consent() {
    let given_at = "2026-11-23T09:00:00Z".parse().unwrap();
    let class = Class::Commercial(Consent { given_at, proof: "formulaire".into() });
    let stored = class.consent_json();
    assert_eq!(Class::read("commercial", stored.as_deref()), Some(class));
    assert_eq!(Class::read("commercial", None), None);
    assert_eq!(Class::read("commercial", Some("{}")), None);
    assert_eq!(Class::read("transactional", None), Some(Class::Transactional));
}
