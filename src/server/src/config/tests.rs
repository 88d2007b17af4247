use super::*;

fn read(values: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let env = |name: &str| {
        values.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    };
    Config::read(&env)
}

#[test]
fn nothing_has_to_be_set() {
    let config = read(&[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.rules.test.number.as_str(), "+33939240575");
    assert_eq!(config.rules.staff, ["staff@localhost"]);
    assert_eq!(config.house(), House::Private);
    assert_eq!(config.public_base(), "http://127.0.0.1:3000");
    assert!(config.set.is_empty());
}

#[test]
fn an_empty_variable_is_absent() {
    let config = read(&[("WEBHOOK_BASE_URL", " "), ("VAPI_WEBHOOK_SECRET", "")]).unwrap();
    assert!(config.base_url.is_none() && config.vapi.secrets.is_empty());
}

#[test]
fn a_listener_or_an_address_for_others_makes_the_house_public() {
    for (name, value, house) in [
        ("UWI_LISTEN", "0.0.0.0:3000", House::Public),
        ("UWI_LISTEN", "[::1]:3000", House::Private),
        ("UWI_LISTEN", "localhost:3000", House::Private),
        ("WEBHOOK_BASE_URL", "https://voice.example.fr", House::Public),
        ("WEBHOOK_BASE_URL", "http://localhost:3000", House::Private),
        ("WEBHOOK_BASE_URL", "http://127.0.0.1.example.fr", House::Public),
    ] {
        assert_eq!(read(&[(name, value)]).unwrap().house(), house, "{value}");
    }
}

#[test]
fn in_public_nobody_is_staff_by_default_and_the_clock_is_the_systems() {
    let public = ("WEBHOOK_BASE_URL", "https://voice.example.fr");
    assert!(read(&[public]).unwrap().rules.staff.is_empty());
    let clock = ("UWI_CLOCK", "2026-11-23T09:00:00+01:00");
    assert!(read(&[clock]).unwrap().clock.is_some());
    assert!(read(&[clock, public]).unwrap().clock.is_none());
}

#[test]
fn a_value_that_cannot_be_used_names_its_variable() {
    for (name, value) in [
        ("UWI_LISTEN", "3000"),
        ("WEBHOOK_BASE_URL", "voice.example.fr"),
        ("TEST_VOCAL_NUMBER", "zero"),
        ("TEST_TENANT_ID", "-1"),
        ("UWI_UNKNOWN_DID", "maybe"),
        ("ENCRYPTION_KEY", "short"),
        ("SMTP_URL", "smtp://localhost"),
        ("UWI_TRUSTED_PROXIES", "everybody"),
        ("UWI_SIMULATORS", "perhaps"),
        ("UWI_LOG", "xml"),
        ("UWI_CLOCK", "noon"),
    ] {
        let error = read(&[(name, value)]).unwrap_err();
        assert!(VARIABLES.iter().any(|(known, _)| *known == error.name), "{error}");
    }
}

#[test]
fn staff_is_compared_without_case() {
    let config = read(&[("STAFF_EMAILS", "Alix@Example.fr, ,b@example.fr")]).unwrap();
    assert_eq!(config.rules.staff, ["alix@example.fr", "b@example.fr"]);
}
