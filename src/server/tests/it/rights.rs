//! What the people of one practice may do: its owner decides on what costs
//! money, opens a door or speaks in the practice's name.

use crate::house::{House, request};
use axum::http::StatusCode;
use domain::tenant::settings::Settings;
use store::on_both_backends;
use store::testing::Bench;

const FILE: &str = r#"
name = "Cabinet Martin"
[[hours]]
days = ["mon-fri"]
from = "09:00"
to = "18:00"
[[calendar]]
id = "docteur-martin"
name = "Docteur Martin"
[[member]]
email = "hugo@exemple.fr"
role = "owner"
[[member]]
email = "alix@exemple.fr"
role = "secretary"
"#;

/// Method, path and body of what only an owner may ask for.
const OWNERS: [(&str, &str, &str); 7] = [
    ("PATCH", "/api/channels/sms", r#"{"public":{"sender":"Cab Martin"}}"#),
    ("POST", "/api/channels/sms/enable", ""),
    ("POST", "/api/channels/sms/disable", ""),
    ("POST", "/api/channels/sms/test", r#"{"to":"06 39 98 12 34"}"#),
    ("POST", "/api/channels/sms/send", r#"{"to":"06 39 98 12 34","message":"Bonjour"}"#),
    ("POST", "/api/v1/calendars/docteur-martin/feed", "{}"),
    ("DELETE", "/api/v1/calendars/docteur-martin/feed", ""),
];

async fn only_an_owner_decides_on_channels_and_addresses(bench: Bench) {
    let house = House::open(bench).await;
    let settings = Settings::from_toml(FILE).unwrap();
    let tenant = desk::tenants::apply(&house.office, &settings).await.unwrap().tenant;
    let (owner, secretary) =
        (house.sign_in("hugo@exemple.fr").await, house.sign_in("alix@exemple.fr").await);
    let agent = house.token(tenant.0, "appointments:write").await;
    for (method, path, body) in OWNERS {
        let ask = async |name, value: &str| {
            let headers = [(name, value), ("content-type", "application/json")];
            house.send(request(method, path, &headers, body.to_owned())).await.status
        };
        assert_eq!(ask("cookie", &secretary).await, StatusCode::FORBIDDEN, "{method} {path}");
        assert_eq!(ask("authorization", &agent).await, StatusCode::FORBIDDEN, "{method} {path}");
        let status = ask("cookie", &owner).await;
        assert_ne!(status, StatusCode::FORBIDDEN, "{method} {path}");
    }
}

on_both_backends!(only_an_owner_decides_on_channels_and_addresses);
