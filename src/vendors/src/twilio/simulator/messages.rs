//! Messages: taken, refused, reported.

use super::super::form::Form;
use super::super::signature::{Signed, sign};
use super::numbers::{name, query};
use super::purchase::date;
use super::refuse::Refuse;
use crate::simulator::{Reports, World};
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, Uri};
use axum::routing::get;
use axum::{Json, Router};
use bytes::Bytes;
use serde_json::{Value, json};

const LIST: &str = "/2010-04-01/Accounts/{account}/Messages.json";
const ONE: &str = "/2010-04-01/Accounts/{account}/Messages/{sid}";

pub(super) fn routes() -> Router<World> {
    Router::new().route(LIST, get(list).post(create)).route(ONE, get(fetch))
}

async fn create(
    State(world): State<World>,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refuse> {
    let form = Form::decode(&body);
    let (to, from) = parties(&world, &form)?;
    let text = words(&form)?;
    let callback = form.text("StatusCallback").map(str::to_owned);
    let object = {
        let mut state = world.state();
        let sid = format!("SM{}", world.digits(&mut state));
        let object = json!({
            "sid": sid, "account_sid": world.setup().twilio.account.as_str(),
            "api_version": "2010-04-01", "body": text, "to": to, "from": from,
            "status": "queued", "direction": "outbound-api", "num_media": "0",
            "num_segments": domain::message::segments::lay_out(&text).segments.to_string(),
            "error_code": null, "error_message": null, "messaging_service_sid": null,
            "price": null, "price_unit": "EUR", "date_created": date(&world),
            "date_sent": date(&world), "date_updated": date(&world),
            "uri": format!("/2010-04-01/Accounts/{}/Messages/{sid}.json", world.setup().twilio.account),
            "subresource_uris": {},
            "status_callback": callback,
        });
        state.twilio.messages.put(&sid, object.clone());
        object
    };
    if callback.is_some() {
        world.begin_reports(object["sid"].as_str().unwrap_or_default());
    }
    let mut shown = object;
    shown.as_object_mut().map(|object| object.remove("status_callback"));
    Ok((StatusCode::CREATED, Json(shown)))
}

/// Who writes to whom, as far as Twilio lets them.
fn parties(world: &World, form: &Form) -> Result<(String, String), Refuse> {
    let to = form.text("To").unwrap_or_default();
    let from = form.text("From").unwrap_or_default();
    let bare = to.trim_start_matches("whatsapp:");
    match from {
        "" | "+15005550001" => return Err(Refuse::bad(21212, "Invalid From Number")),
        "+15005550007" => return Err(Refuse::bad(21606, "From is not SMS-capable")),
        "+15005550008" => return Err(Refuse(429, 21611, "Queue is full".to_owned())),
        _ => {}
    }
    match bare {
        "+15005550001" => return Err(Refuse::bad(21211, "Invalid 'To' Phone Number")),
        "+15005550002" => return Err(Refuse::bad(21612, "Not reachable by SMS")),
        "+15005550003" => return Err(Refuse::bad(21408, "Region not enabled for SMS")),
        "+15005550004" => {
            return Err(Refuse::bad(21610, "Attempt to send to unsubscribed recipient"));
        }
        "+15005550009" => return Err(Refuse::bad(21614, "'To' number is not a mobile number")),
        _ => {}
    }
    let landline = ["+331", "+332", "+333", "+334", "+335", "+339"]
        .iter()
        .any(|start| bare.starts_with(start));
    if landline && !to.starts_with("whatsapp:") {
        return Err(Refuse::bad(21614, "'To' number is not a mobile number"));
    }
    if domain::phone::E164::parse(bare, "FR").is_err() {
        return Err(Refuse::bad(21211, "Invalid 'To' Phone Number"));
    }
    let stopped = world.state().twilio.stopped.contains(&format!("{from} {to}"));
    if stopped {
        return Err(Refuse::bad(21610, "Attempt to send to unsubscribed recipient"));
    }
    Ok((to.to_owned(), from.to_owned()))
}

fn words(form: &Form) -> Result<String, Refuse> {
    match (form.text("Body"), form.text("ContentSid")) {
        (Some(body), _) if body.chars().count() > 1600 => Err(Refuse::bad(
            21617,
            "The concatenated message body exceeds the 1600 character limit",
        )),
        (Some(body), _) => Ok(body.to_owned()),
        (None, Some(template)) if template.starts_with("HX") => {
            Ok(format!("{template} {}", form.text("ContentVariables").unwrap_or("{}")))
        }
        _ => Err(Refuse::bad(21602, "Message body is required")),
    }
}

async fn fetch(
    State(world): State<World>,
    Path((_, sid)): Path<(String, String)>,
    uri: Uri,
) -> Result<Json<Value>, Refuse> {
    let found = world.state().twilio.messages.get(name(&sid)).cloned();
    found.map(Json).ok_or_else(|| Refuse::missing(uri.path()))
}

async fn list(State(world): State<World>, raw: RawQuery, uri: Uri) -> Json<Value> {
    let query = query(raw);
    let state = world.state();
    let to = query.text("To").unwrap_or_default();
    let found = state.twilio.messages.all().filter(|m| to.is_empty() || m["to"] == to);
    let mut found: Vec<Value> = found.cloned().collect();
    found.reverse();
    let size = query.text("PageSize").and_then(|text| text.parse().ok()).unwrap_or(50);
    found.truncate(size);
    Json(json!({ "messages": found, "page": 0, "page_size": size, "uri": uri.to_string(),
        "next_page_uri": null }))
}

impl World {
    /// The messages that Twilio took, in order: from, to, words.
    pub fn messages(&self) -> Vec<(String, String, String)> {
        let text =
            |object: &Value, field: &str| object[field].as_str().unwrap_or_default().to_owned();
        let state = self.state();
        let all = state.twilio.messages.all();
        all.map(|m| (text(m, "from"), text(m, "to"), text(m, "body"))).collect()
    }

    /// Lets Twilio refuse further messages of a sender to somebody (21610).
    pub fn unsubscribe(&self, from: &str, to: &str) {
        self.state().twilio.stopped.insert(format!("{from} {to}"));
    }

    /// Notes what becomes of a message, in Twilio's word, without a report;
    /// `None` when Twilio does not know it.
    pub fn note_message(&self, sid: &str, status: &str, code: Option<u32>) -> Option<()> {
        let mut state = self.state();
        let message = state.twilio.messages.get_mut(sid)?;
        message["status"] = status.into();
        message["error_code"] = code.map_or(Value::Null, Value::from);
        message["price"] = "-0.0760".into();
        Some(())
    }

    /// Reports what becomes of a message, in Twilio's word; `None` when Twilio
    /// does not know it or was not told where to report.
    pub async fn report_message(&self, sid: &str, status: &str, code: Option<u32>) -> Option<u16> {
        self.note_message(sid, status, code)?;
        let (url, form) = {
            let state = self.state();
            let message = state.twilio.messages.get(sid)?;
            let text = |field: &str| message[field].as_str().unwrap_or_default().to_owned();
            let mut fields = vec![
                ("MessageSid", sid.to_owned()),
                ("SmsSid", sid.to_owned()),
                ("MessageStatus", status.to_owned()),
                ("SmsStatus", status.to_owned()),
                ("AccountSid", text("account_sid")),
                ("From", text("from")),
                ("To", text("to")),
                ("ApiVersion", "2010-04-01".to_owned()),
            ];
            fields.extend(code.map(|code| ("ErrorCode", code.to_string())));
            (message["status_callback"].as_str()?.to_owned(), fields)
        };
        self.post_form(&url, form).await
    }

    /// Sends a message of a person to one of our numbers, at the URL where that
    /// number's messages are taken.
    pub async fn text(&self, url: &str, from: &str, to: &str, body: &str) -> Option<u16> {
        let sid = format!("SM{}", self.digits(&mut self.state()));
        let fields = vec![
            ("MessageSid", sid.clone()),
            ("SmsSid", sid.clone()),
            ("SmsMessageSid", sid),
            ("AccountSid", self.setup().twilio.account.to_string()),
            ("From", from.to_owned()),
            ("To", to.to_owned()),
            ("Body", body.to_owned()),
            ("NumMedia", "0".to_owned()),
            ("NumSegments", "1".to_owned()),
            ("SmsStatus", "received".to_owned()),
            ("ApiVersion", "2010-04-01".to_owned()),
        ];
        self.post_form(url, fields).await
    }

    async fn post_form(&self, url: &str, fields: Vec<(&'static str, String)>) -> Option<u16> {
        let form = Form::of(fields.into_iter().map(|(name, value)| (name.to_owned(), value)));
        let signature = sign(&self.setup().twilio.token, url, Signed::Form(&form));
        let request = self.client().post(url).body(form.encode());
        let request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-twilio-signature", signature);
        request.send().await.ok().map(|answer| answer.status().as_u16())
    }

    /// Reports of a new message, as the mood says.
    fn begin_reports(&self, sid: &str) {
        let order: &[&str] = match self.reports() {
            Reports::Held => return,
            Reports::AtOnce => &["sent", "delivered"],
            Reports::Twice => &["sent", "sent", "delivered", "delivered"],
            Reports::Reversed => &["delivered", "sent"],
        };
        let (world, sid) = (self.clone(), sid.to_owned());
        tokio::spawn(async move {
            for status in order {
                world.report_message(&sid, status, None).await;
            }
        });
    }
}
