//! A telephone line into a house: requests as Twilio makes them.

use crate::house::{Answer, CALLER, House, TEST_NUMBER, request};
use domain::id::TenantId;
use secrecy::SecretString;
use serde_json::Value;
use store::{execute, fetch_all};
use vendors::twilio::form::Form;
use vendors::twilio::signature::{Signed, sign};

pub const TOKEN: &str = "token-of-ireland";
pub const HOME: &str = "https://voice.example.fr";
pub const NUMBER: &str = "+33199001122";
pub const SID: &str = "CA00000000000000000000000000000001";

/// A public house with two regional tokens.
pub const ENV: [(&str, &str); 2] =
    [("WEBHOOK_BASE_URL", HOME), ("TWILIO_AUTH_TOKEN", "token-of-the-states,token-of-ireland")];

/// One call.
pub struct Phone<'a> {
    pub house: &'a House,
    pub fields: Vec<(String, String)>,
}

impl<'a> Phone<'a> {
    pub fn to(house: &'a House, number: &str) -> Self {
        let fields = [
            ("AccountSid", "AC00000000000000000000000000000001"),
            ("CallSid", SID),
            ("CallStatus", "ringing"),
            ("Direction", "inbound"),
            ("From", CALLER),
            ("To", number),
            ("FromCity", ""),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self { house, fields: fields.into() }
    }

    pub fn test_number(house: &'a House) -> Self {
        Self::to(house, TEST_NUMBER)
    }

    /// The same with another value of a field.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Signs and posts to one of our hooks, with more fields.
    pub async fn post(&self, path: &str, more: &[(&str, &str)]) -> Answer {
        let more = more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let form = Form::of(self.fields.iter().cloned().chain(more));
        posted(self.house, path, &form, &[]).await
    }

    pub async fn rings(&self) -> Document {
        self.document("/api/webhooks/call/incoming", &[]).await
    }

    pub async fn document(&self, path: &str, more: &[(&str, &str)]) -> Document {
        let answer = self.post(path, more).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        assert_eq!(answer.headers["content-type"], "text/xml; charset=utf-8");
        Document(answer.text)
    }

    /// Says something upon a document that listens.
    pub async fn says(&self, heard: &Document, text: &str) -> Document {
        self.document(&heard.action("Gather"), &[("SpeechResult", text)]).await
    }

    pub async fn ends(&self, status: &str, seconds: &str) -> Answer {
        let more = [("CallDuration", seconds), ("SequenceNumber", "3")];
        let ended = Phone { house: self.house, fields: self.fields.clone() };
        ended.with("CallStatus", status).post("/api/webhooks/call/status", &more).await
    }
}

/// Posts a form that Twilio has signed.
pub async fn posted(house: &House, path: &str, form: &Form, headers: &[(&str, &str)]) -> Answer {
    let token = SecretString::from(TOKEN);
    let signature = sign(&token, &format!("{HOME}{path}"), Signed::Form(form));
    let mut all = vec![("x-twilio-signature", signature.as_str()), ("host", "10.0.0.7:3000")];
    all.push(("content-type", "application/x-www-form-urlencoded"));
    all.extend(headers);
    house.send(request("POST", path, &all, form.encode())).await
}

/// What we have Twilio do.
#[derive(Debug)]
pub struct Document(pub String);

impl Document {
    /// Where a verb leads, without the host.
    pub fn action(&self, verb: &str) -> String {
        let tag = self.0.split(&format!("<{verb} ")).nth(1).unwrap_or_else(|| panic!("{self:?}"));
        let url = tag.split("action=\"").nth(1).unwrap().split('"').next().unwrap();
        url.strip_prefix(HOME).unwrap().replace("&amp;", "&")
    }

    /// Where the call goes on.
    pub fn redirect(&self) -> String {
        let url = self.0.split("<Redirect method=\"POST\">").nth(1).unwrap();
        let url = url.split("</Redirect>").next().unwrap();
        url.strip_prefix(HOME).unwrap().replace("&amp;", "&")
    }

    pub fn says(&self, text: &str) -> bool {
        self.0.contains(&text.replace('\'', "&apos;"))
    }

    pub fn ends(&self) -> bool {
        self.0.contains("<Hangup/>")
    }
}

/// A practice with a number, and whom it has rung.
pub async fn practice(house: &House, more: &str) -> TenantId {
    let file = format!(
        "name = \"Cabinet des Lilas\"\nagents = [\"appointment\"]\n{more}\n\
         [[hours]]\ndays = [\"mon-fri\"]\nfrom = \"09:00\"\nto = \"18:00\"\n\
         [[number]]\ne164 = \"{NUMBER}\"\nchannel = \"vocal\"\n"
    );
    let settings = domain::tenant::settings::Settings::from_toml(&file).unwrap();
    desk::tenants::apply(&house.office, &settings).await.unwrap().tenant
}

pub const TRANSFER: &str = "[transfer]\nnumber = \"+33199004567\"\n";

/// An agent that answers the practice's number, as it is at its provider.
pub async fn agent(house: &House, tenant: TenantId, provider: &str, name: &str, number: &str) {
    let mut tx = house.office.db.begin(tenant).await.unwrap();
    execute!(
        tx,
        "INSERT INTO agents (tenant_id, agent_id, provider, provider_agent_id, agent_name, \
         agent_type, language, status, created_at, updated_at) \
         VALUES ($1, 'agent_1', $2, $3, 'Accueil', 'appointment', 'fr', 'active', 0, 0)",
        tenant.0,
        provider,
        name
    )
    .unwrap();
    execute!(
        tx,
        "INSERT INTO phone_numbers (tenant_id, id, agent_id, phone_number, phone_number_sid, \
         voice_number_id, provider, status, capabilities, country_code, friendly_name, \
         provisioned_at, updated_at) \
         VALUES ($1, 'n1', 'agent_1', $2, 'PN1', $3, 'twilio', 'active', '{}', 'FR', '', 0, 0)",
        tenant.0,
        NUMBER,
        number
    )
    .unwrap();
    tx.commit().await.unwrap();
}

/// The call as it is kept, in the columns that its carrier fills.
#[derive(Debug, PartialEq, Eq)]
pub struct Log {
    pub call_sid: String,
    pub call_status: String,
    pub from_number: Option<String>,
    pub to_number: Option<String>,
    pub forwarded_from: Option<String>,
    pub assistant_id: Option<String>,
    pub outcome: Option<String>,
    pub ended_reason: Option<String>,
    pub duration_seconds: Option<i64>,
    pub ended_at: Option<i64>,
}

type Row = (
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<i64>,
);

/// Every call of a tenant.
pub async fn logs(house: &House, tenant: TenantId) -> Vec<Log> {
    let mut reader = house.office.db.read(tenant).await.unwrap();
    let rows = fetch_all!(
        reader,
        "SELECT call_sid, call_status, from_number, to_number, forwarded_from, assistant_id, \
         outcome, ended_reason, duration_seconds, ended_at FROM call_logs \
         WHERE tenant_id = $1 ORDER BY started_at, id" => Row,
        tenant.0
    )
    .unwrap();
    let log = |row: Row| Log {
        call_sid: row.0,
        call_status: row.1,
        from_number: row.2,
        to_number: row.3,
        forwarded_from: row.4,
        assistant_id: row.5,
        outcome: row.6,
        ended_reason: row.7,
        duration_seconds: row.8,
        ended_at: row.9,
    };
    rows.into_iter().map(log).collect()
}

/// What waits for the practice: category, cause, telephone, words.
pub async fn tickets(
    house: &House,
    tenant: TenantId,
) -> Vec<(String, String, Option<String>, String)> {
    let mut reader = house.office.db.read(tenant).await.unwrap();
    fetch_all!(
        reader,
        "SELECT category, cause, customer_phone, description FROM tickets \
         WHERE tenant_id = $1 ORDER BY created_at, id" => (String, String, Option<String>, String),
        tenant.0
    )
    .unwrap()
}

/// How many rows everything has that a webhook could write.
pub async fn written(house: &House) -> Vec<i64> {
    let mut counts = Vec::new();
    for tenant in [TenantId(1), TenantId(2)] {
        let mut reader = house.office.db.read(tenant).await.unwrap();
        for sql in [
            "SELECT CAST(COUNT(*) AS BIGINT) FROM call_logs WHERE tenant_id = $1",
            "SELECT CAST(COUNT(*) AS BIGINT) FROM call_turns WHERE tenant_id = $1",
            "SELECT CAST(COUNT(*) AS BIGINT) FROM tickets WHERE tenant_id = $1",
            "SELECT CAST(COUNT(*) AS BIGINT) FROM ivr_events WHERE client_id = $1",
            "SELECT CAST(COUNT(*) AS BIGINT) FROM call_directory WHERE tenant_id = $1",
        ] {
            counts.push(fetch_all!(reader, sql => (i64,), tenant.0).unwrap()[0].0);
        }
    }
    let mut reader = house.office.db.read_directory().await.unwrap();
    let hooks = "SELECT CAST(COUNT(*) AS BIGINT) FROM hooks WHERE provider = 'twilio'";
    counts.push(fetch_all!(reader, hooks => (i64,)).unwrap()[0].0);
    counts
}

/// A fixture of Twilio's as a form.
pub fn fixture(name: &str) -> Form {
    let path = crate::house::fixtures().join("../twilio").join(name);
    let fields: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let fields = fields.as_object().unwrap().clone().into_iter();
    Form::of(fields.map(|(name, value)| (name, value.as_str().unwrap().to_owned())))
}
