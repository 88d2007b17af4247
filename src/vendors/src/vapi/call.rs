//! What a payload says about its call: which one, who is called, who calls.
//! Vapi has put these facts in many places over the years; every known one is
//! read, in one order.

use domain::id::CallId;
use jiff::Timestamp;
use serde_json::Value;

/// In an assistant's metadata: Twilio's name for the call that we have passed on
/// to it.
pub(super) const CARRIER: &str = "uwi_call";

/// The facts of a call found in a payload; each absent when the payload has none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CallFacts {
    /// The call: Twilio's name of it when we have passed it on, else Vapi's.
    pub call: Option<CallId>,
    /// The call at Twilio of which Vapi speaks, when it is one that we have
    /// passed on: Vapi's part of it may end before it does.
    pub carrier: Option<CallId>,
    /// The number that was dialled, as written. It decides the tenant.
    pub dialled: Option<String>,
    /// Vapi's id of that number, only of use when the number itself is absent.
    pub number_id: Option<String>,
    /// The caller's number as written, possibly "anonymous" and the like.
    pub caller: Option<String>,
    /// Where the live call is controlled, as written: see [`super::control::ControlUrl`].
    pub control_url: Option<String>,
}

impl CallFacts {
    /// Reads them from a whole payload (webhook body or chat body);
    /// `header` is the `x-vapi-call-id` header, used when the body names no call.
    pub fn read(payload: &Value, header: Option<&str>) -> Self {
        let root = Places::of(payload);
        let carrier = root.carrier();
        let own = || root.call_id().or_else(|| header.and_then(CallId::parse));
        Self {
            call: carrier.clone().or_else(own),
            carrier,
            dialled: root.dialled(),
            number_id: root.number_id(),
            caller: extract_customer_phone_from_vapi_payload(payload),
            control_url: root.control_url(),
        }
    }
}

/// The caller's number as written, from the first place that has one.
pub fn extract_customer_phone_from_vapi_payload(payload: &Value) -> Option<String> {
    let message = payload.get("message").unwrap_or(&Value::Null);
    let places: [(&Value, &str); 15] = [
        (message, "/call/customer/number"),
        (message, "/call/customer/phone"),
        (message, "/customer/number"),
        (message, "/customer/phone"),
        (message, "/call/from"),
        (message, "/call/from/phoneNumber"),
        (payload, "/call/customer/number"),
        (payload, "/call/customer/phone"),
        (payload, "/customer/number"),
        (payload, "/customer/phone"),
        (payload, "/call/from"),
        (payload, "/call/from/phoneNumber"),
        (payload, "/customerNumber"),
        (payload, "/callerNumber"),
        (payload, "/from"),
    ];
    first_text(&places)
}

/// When a payload says it was sent: milliseconds since the epoch or ISO 8601.
pub fn timestamp(value: &Value) -> Option<Timestamp> {
    match value {
        Value::Number(number) => {
            let millis = number.as_i64().or_else(|| whole(number.as_f64()?))?;
            Timestamp::from_millisecond(millis).ok()
        }
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The integer part of a float that fits into an `i64`.
pub(super) fn whole(number: f64) -> Option<i64> {
    let fits = number.is_finite() && number.abs() < 9.0e15;
    #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
    fits.then_some(number as i64)
}

struct Places<'a> {
    message: &'a Value,
    payload: &'a Value,
}

impl<'a> Places<'a> {
    fn of(payload: &'a Value) -> Self {
        Self { message: payload.get("message").unwrap_or(&Value::Null), payload }
    }

    fn call_id(&self) -> Option<CallId> {
        ["/call/id", "/call/callId"]
            .iter()
            .flat_map(|path| [self.message.pointer(path), self.payload.pointer(path)])
            .find_map(|value| CallId::parse(value?.as_str()?))
    }

    fn carrier(&self) -> Option<CallId> {
        let places = ["/call/assistantOverrides/metadata", "/assistant/metadata", "/metadata"];
        let all = places
            .iter()
            .flat_map(|path| [self.message.pointer(path), self.payload.pointer(path)])
            .flatten();
        all.filter_map(|metadata| metadata.get(CARRIER)?.as_str()).find_map(CallId::parse)
    }

    fn dialled(&self) -> Option<String> {
        self.first(&[
            "/phoneNumber/number",
            "/call/phoneNumber/number",
            "/call/phoneNumber/twilioPhoneNumber",
            "/call/to",
            "/call/to/phoneNumber",
            "/phoneNumber",
            "/call/phoneNumber",
            "/to",
        ])
    }

    fn number_id(&self) -> Option<String> {
        self.first(&["/call/phoneNumberId", "/phoneNumber/id", "/call/phoneNumber/id"])
    }

    fn control_url(&self) -> Option<String> {
        self.first(&["/call/monitor/controlUrl", "/call/monitor/controlURL"])
    }

    fn first(&self, paths: &[&'static str]) -> Option<String> {
        let places: Vec<_> = [self.message, self.payload]
            .iter()
            .flat_map(|value| paths.iter().map(move |path| (*value, *path)))
            .collect();
        first_text(&places)
    }
}

fn first_text(places: &[(&Value, &str)]) -> Option<String> {
    places
        .iter()
        .filter_map(|(value, path)| value.pointer(path)?.as_str())
        .map(str::trim)
        .find(|text| !text.is_empty() && text.len() <= 128)
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_dialled_number_is_read_where_each_year_puts_it() {
        for payload in [
            json!({"message": {"phoneNumber": {"number": "+33939240575"}}}),
            json!({"message": {"call": {"phoneNumber": {"number": "+33939240575"}}}}),
            json!({"message": {"call": {"phoneNumber": {"twilioPhoneNumber": "+33939240575"}}}}),
            json!({"message": {"call": {"to": {"phoneNumber": "+33939240575"}}}}),
            json!({"phoneNumber": {"number": " +33939240575 "}}),
        ] {
            let facts = CallFacts::read(&payload, None);
            assert_eq!(facts.dialled.as_deref(), Some("+33939240575"), "{payload}");
        }
    }

    #[test]
    fn the_callers_number_is_found_in_every_known_place() {
        for payload in [
            json!({"message": {"call": {"customer": {"number": "+33639981234"}}}}),
            json!({"message": {"call": {"customer": {"phone": "+33639981234"}}}}),
            json!({"message": {"customer": {"number": "+33639981234"}}}),
            json!({"message": {"call": {"from": "+33639981234"}}}),
            json!({"message": {"call": {"from": {"phoneNumber": "+33639981234"}}}}),
            json!({"call": {"customer": {"number": "+33639981234"}}}),
            json!({"customer": {"number": "+33639981234"}}),
            json!({"call": {"from": "+33639981234"}}),
            json!({"customerNumber": "+33639981234"}),
            json!({"callerNumber": "+33639981234"}),
            json!({"from": "+33639981234"}),
        ] {
            let found = extract_customer_phone_from_vapi_payload(&payload);
            assert_eq!(found.as_deref(), Some("+33639981234"), "{payload}");
        }
    }

    #[test]
    fn a_call_that_was_passed_on_keeps_its_name() {
        let told = json!({ "uwi_call": "CA1" });
        for payload in [
            json!({"message": {"call": {"id": "v1", "assistantOverrides": {"metadata": told}}}}),
            json!({"message": {"call": {"id": "v1"}, "assistant": {"metadata": told}}}),
            json!({"call": {"id": "v1"}, "metadata": told}),
        ] {
            let facts = CallFacts::read(&payload, None);
            let name = |call: &Option<CallId>| call.as_ref().map(|call| call.as_str().to_owned());
            assert_eq!(name(&facts.call).as_deref(), Some("CA1"), "{payload}");
            assert_eq!(facts.call, facts.carrier);
        }
    }

    #[test]
    fn wrong_types_are_no_facts() {
        let payload =
            json!({"message": {"call": {"id": 7, "customer": [1], "from": {}}, "phoneNumber": 3}});
        assert_eq!(CallFacts::read(&payload, None), CallFacts::default());
        assert_eq!(CallFacts::read(&json!("x"), None), CallFacts::default());
    }

    #[test]
    fn the_body_names_the_call_before_the_header() {
        let named = json!({"message": {"call": {"id": "one"}}});
        let early = json!({"call": {"callId": "two"}});
        let id = |payload: &Value, header: Option<&str>| {
            CallFacts::read(payload, header).call.map(|id| id.to_string())
        };
        assert_eq!(id(&named, Some("three")).as_deref(), Some("one"));
        assert_eq!(id(&early, None).as_deref(), Some("two"));
        assert_eq!(id(&json!({}), Some("three")).as_deref(), Some("three"));
        assert_eq!(id(&json!({"call": {"id": ""}}), Some("a b")), None);
    }

    #[test]
    fn timestamps_are_milliseconds_or_iso() {
        let expected: Timestamp = "2026-09-14T08:30:00.2Z".parse().unwrap();
        assert_eq!(timestamp(&json!(1_789_374_600_200_i64)), Some(expected));
        assert_eq!(timestamp(&json!("2026-09-14T08:30:00.200Z")), Some(expected));
        assert_eq!(timestamp(&json!(1e300)), None);
        assert_eq!(timestamp(&json!("soon")), None);
    }
}
