use super::*;
use serde_json::json;

fn path(kind: Kind, value: Value) -> String {
    Public::parse(kind, &value).unwrap_err().path
}

#[test]
fn a_wrong_field_is_named_by_its_path() {
    for (kind, value, at) in [
        (Kind::Phone, json!({ "clientPhoneNumber": "12" }), "public.clientPhoneNumber"),
        (Kind::Phone, json!({ "sara": { "agentType": "boss" } }), "public.sara.agentType"),
        (Kind::Sms, json!({ "sender": "0639981234" }), "public.sender"),
        (Kind::Sms, json!({ "senders": "x" }), "public.senders"),
        (
            Kind::Email,
            json!({ "smtp": { "host": "a b", "port": 465, "fromEmail": "a@example.fr" } }),
            "public.smtp.host",
        ),
        (
            Kind::Email,
            json!({ "smtp": { "host": "a", "port": 70000, "fromEmail": "a@example.fr" } }),
            "public.smtp.port",
        ),
        (
            Kind::Email,
            json!({ "smtp": { "host": "a", "port": 465, "fromEmail": "a@example.fr",
                "fromName": "x\r\nBcc: y" } }),
            "public.smtp.fromName",
        ),
        (Kind::WhatsApp, json!({ "phoneNumberId": "a/b" }), "public.phoneNumberId"),
        (
            Kind::WhatsApp,
            json!({ "templates": { "confirmation": { "name": "x", "variables": ["y"] } } }),
            "public.templates.confirmation.variables[0]",
        ),
    ] {
        assert_eq!(path(kind, value), at);
    }
}

#[test]
fn nothing_set_is_no_error_and_comes_back_as_it_was() {
    for kind in Kind::ALL {
        let public = Public::parse(kind, &json!({})).unwrap();
        assert_eq!(Public::parse(kind, &public.to_value()), Ok(public));
    }
}

#[test]
fn a_patch_changes_what_it_names() {
    let mut value = json!({ "a": { "b": 1, "c": 2 }, "d": 3 });
    merge(&mut value, &json!({ "a": { "b": null, "e": 5 }, "d": 4 }));
    assert_eq!(value, json!({ "a": { "c": 2, "e": 5 }, "d": 4 }));
}
