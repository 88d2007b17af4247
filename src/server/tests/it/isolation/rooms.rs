//! Two tenants side by side: the first with everything, the second curious.

mod messages;

use crate::house::House;
use domain::id::TenantId;
use domain::tenant::settings::Settings;
use store::testing::Bench;
use store::{Tx, execute, fetch_all};

/// The first tenant's owner.
pub const OWNER: &str = "camille@exemple.fr";
/// The second tenant's owner.
pub const OTHER_OWNER: &str = "hugo@exemple.fr";
/// The second tenant's secretary.
pub const OTHER_SECRETARY: &str = "alix@exemple.fr";
/// The name of everybody whom the first tenant knows.
pub const NAME: &str = "Zélie Vaucluse";

pub const CALL: &str = "0198a000-0000-7000-8000-00000000ca11";
pub const VISIT: &str = "0198a000-0000-7000-8000-0000000000d7";
pub const TICKET: &str = "0198a000-0000-7000-8000-00000000071c";
pub const DONE: &str = "0198a000-0000-7000-8000-0000000000d0";
pub const PROSPECT: &str = "0198a000-0000-7000-8000-00000000b105";
pub const AGENT: &str = "agent_0198a00000007000800000000000a9e7";
pub const TOKEN: &str = "0198a0007043";
const PHONE: &str = "+33639987777";
pub const NUMBER: &str = "+33199007777";
pub const CALENDAR: &str = "cabinet-vaucluse";
pub const CLOSURE: &str = "2026-12-24_2026-12-31";
pub const OTHER_CLOSURE: &str = "2027-01-04_2027-01-04";

/// The house with its two tenants.
pub struct Rooms {
    pub house: House,
    pub tenant: TenantId,
    pub other: TenantId,
    /// The first tenant's owner, signed in.
    pub cookie: String,
    /// The second tenant's owner, signed in.
    pub other_owner: String,
    /// The second tenant's secretary, signed in.
    pub other_secretary: String,
    /// A token of the second tenant that may do everything.
    pub other_token: String,
}

/// Builds it.
pub async fn rooms(bench: Bench) -> Rooms {
    let env = [
        ("VAPI_WEBHOOK_SECRET", "whsec-demo-0123456789"),
        ("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001"),
        ("TWILIO_AUTH_TOKEN", "token-demo-0123456789"),
        ("ELEVENLABS_WEBHOOK_SECRET", "wsec-demo-0123456789"),
        ("WHATSAPP_APP_SECRET", "secret-demo-0123456789"),
    ];
    let house = House::with(bench, &env).await;
    let tenant = practice(&house, "Cabinet Vaucluse", &[(OWNER, "owner")], NUMBER).await;
    let others = [(OTHER_OWNER, "owner"), (OTHER_SECRETARY, "secretary")];
    let other = practice(&house, "Cabinet Martin", &others, "+33199008888").await;
    let (cookie, other_owner, other_secretary) = (
        house.sign_in(OWNER).await,
        house.sign_in(OTHER_OWNER).await,
        house.sign_in(OTHER_SECRETARY).await,
    );
    let other_token = house.token(other.0, "admin").await;
    let rooms = Rooms { house, tenant, other, cookie, other_owner, other_secretary, other_token };
    rooms.furnish().await;
    rooms
}

async fn practice(house: &House, name: &str, people: &[(&str, &str)], number: &str) -> TenantId {
    let mut file = format!(
        "name = \"{name}\"\nagents = [\"appointment\", \"support\"]\n\
         [[hours]]\ndays = [\"mon-fri\"]\nfrom = \"09:00\"\nto = \"18:00\"\n\
         [[number]]\ne164 = \"{number}\"\nchannel = \"vocal\"\n"
    );
    if name.contains("Vaucluse") {
        file += "[[closure]]\nfrom = \"2026-12-24\"\nto = \"2026-12-31\"\nreason = \"Congés\"\n\
                 [[closure]]\nfrom = \"2027-01-04\"\n";
    }
    for (email, role) in people {
        file += &format!("[[member]]\nemail = \"{email}\"\nrole = \"{role}\"\n");
    }
    desk::tenants::apply(&house.office, &Settings::from_toml(&file).unwrap()).await.unwrap().tenant
}

/// Tables and columns of everything that is a tenant's.
const SQLITE_COLUMNS: &str = "SELECT m.name, c.name FROM sqlite_master m
  JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'
  ORDER BY m.name, c.cid";
const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text
  FROM information_schema.columns WHERE table_schema = 'public'
  ORDER BY table_name, ordinal_position";

/// Directory tables that others' visits may fill: what is the first tenant's
/// in them is looked at through the others.
const BUSY: [&str; 2] = ["sessions", "magic_links"];

impl Rooms {
    /// Signs somebody in once more; gives the cookie.
    pub async fn sign_in(&self, email: &str) -> String {
        self.house.sign_in(email).await
    }

    /// A call, what was said in it, and everything that it has left.
    async fn furnish(&self) {
        let mut tx = self.house.office.db.begin(self.tenant).await.unwrap();
        let tenant = self.tenant.0;
        let at = self.house.office.world.clock.now().as_millisecond();
        execute!(
            tx,
            "INSERT INTO call_directory (call_id, tenant_id, opened_at) \
            VALUES ($1, $2, $3)",
            CALL,
            tenant,
            at
        )
        .unwrap();
        execute!(
            tx,
            "INSERT INTO call_logs (tenant_id, id, call_sid, from_number, to_number, \
            call_status, caller_name, local_day, started_at, last_seen_at, created_at) \
            VALUES ($1, $2, $2, $3, $4, 'in-progress', $5, '2026-11-23', $6, $6, $6)",
            tenant,
            CALL,
            PHONE,
            NUMBER,
            NAME,
            at
        )
        .unwrap();
        execute!(
            tx,
            "INSERT INTO call_turns (tenant_id, call_id, turn, heard, heard_key, rule, \
            said, state, took_us, created_at) VALUES ($1, $2, 1, $3, 'key', 'rule', $3, '{}', 1, $4)",
            tenant,
            CALL,
            NAME,
            at
        )
        .unwrap();
        execute!(
            tx,
            "INSERT INTO ivr_events (id, client_id, call_id, event, reason, local_day, \
            created_at) VALUES ($1, $2, $1, 'call_started', $3, '2026-11-23', $4)",
            CALL,
            tenant,
            NAME,
            at
        )
        .unwrap();
        execute!(
            tx,
            "INSERT INTO rendez_vous (tenant_id, id, calendar_id, service_id, \
            customer_name, name_key, customer_phone, rdv_date, rdv_time, timezone, starts_at, \
            ends_at, rdv_duration_minutes, status, created_by, created_at, updated_at) \
            VALUES ($1, $2, 'c', 's', $3, 'key', $4, '2026-11-24', '10:00', 'Europe/Paris', \
            $5, $6, 30, 'confirmed', 'web', $5, $5)",
            tenant,
            VISIT,
            NAME,
            PHONE,
            at + 3_600_000,
            at + 5_400_000
        )
        .unwrap();
        for (id, status) in [(TICKET, "open"), (DONE, "resolved")] {
            execute!(
                tx,
                "INSERT INTO tickets (tenant_id, id, customer_name, customer_phone, \
                subject, category, status, created_by, created_at, updated_at) \
                VALUES ($1, $2, $3, $4, $3, 'message', $5, 'sara', $6, $6)",
                tenant,
                id,
                NAME,
                PHONE,
                status,
                at
            )
            .unwrap();
        }
        execute!(
            tx,
            "INSERT INTO ticket_history (tenant_id, id, ticket_id, kind, author, body, \
            created_at) VALUES ($1, $2, $3, 'comment', $4, $5, $6)",
            tenant,
            CALL,
            TICKET,
            OWNER,
            NAME,
            at
        )
        .unwrap();
        execute!(
            tx,
            "INSERT INTO member_notices (tenant_id, email, urgent, daily, updated_at) \
            VALUES ($1, $2, 1, 1, $3)",
            tenant,
            OWNER,
            at
        )
        .unwrap();
        execute!(
            tx,
            "INSERT INTO prospects (tenant_id, id, name, phone, source, created_by, \
            created_at, updated_at) VALUES ($1, $2, $3, $4, 'phone', 'sara', $5, $5)",
            tenant,
            PROSPECT,
            NAME,
            PHONE,
            at
        )
        .unwrap();
        execute!(
            tx,
            "INSERT INTO agents (tenant_id, agent_id, provider, agent_name, agent_type, \
            language, status, created_at, updated_at) \
            VALUES ($1, $2, 'vapi', $3, 'appointment', 'fr', 'active', $4, $4)",
            tenant,
            AGENT,
            NAME,
            at
        )
        .unwrap();
        execute!(
            tx,
            "INSERT INTO phone_numbers (tenant_id, id, agent_id, phone_number, \
            phone_number_sid, status, capabilities, country_code, friendly_name, \
            provisioned_at, updated_at) \
            VALUES ($1, $2, $2, $3, 'PN00', 'active', '{}', 'FR', $3, $4, $4)",
            tenant,
            AGENT,
            NUMBER,
            at
        )
        .unwrap();
        self.furnish_wish(&mut tx, at).await;
        messages::furnish(&mut tx, (tenant, at)).await;
        execute!(
            tx,
            "INSERT INTO api_tokens (prefix, secret_hash, tenant_id, name, scopes, \
            created_at) VALUES ($1, 'hash', $2, $3, 'read', $4)",
            TOKEN,
            tenant,
            NAME,
            at
        )
        .unwrap();
        tx.commit().await.unwrap();
    }

    /// A number that waits for its documents, and what a provider has otherwise.
    async fn furnish_wish(&self, tx: &mut Tx, at: i64) {
        let tenant = self.tenant.0;
        execute!(
            tx,
            "INSERT INTO provisionings (tenant_id, id, agent_id, state, mark, country_code, \
            kind, next_at, created_at, updated_at) \
            VALUES ($1, $2, $2, 'documents_missing', $3, 'FR', 'local', $4, $4, $4)",
            tenant,
            AGENT,
            NAME,
            at
        )
        .unwrap();
        execute!(
            tx,
            "INSERT INTO dossiers (tenant_id, country_code, kind, state, draft, created_at, \
            updated_at) VALUES ($1, 'FR', 'local', 'incomplete', $2, $3, $3)",
            tenant,
            format!("{{\"business_name\":\"{NAME}\"}}"),
            at
        )
        .unwrap();
        execute!(
            tx,
            "INSERT INTO drifts (tenant_id, subject, agent_id, found, checked_at) \
            VALUES ($1, $2, $2, $3, $4)",
            tenant,
            AGENT,
            format!("[{{\"path\":\"/name\",\"wanted\":\"{NAME}\",\"found\":null}}]"),
            at
        )
        .unwrap();
    }

    /// What nobody else may ever be told.
    pub fn secrets(&self) -> Vec<String> {
        let texts = [NAME, "Vaucluse", "77 77", "7777", OWNER];
        texts.map(str::to_owned).to_vec()
    }

    /// Every row of the first tenant, as text.
    pub async fn everything(&self) -> Vec<String> {
        let db = &self.house.office.db;
        let sqlite = db.engine() == "sqlite";
        let mut reader = db.read(self.tenant).await.unwrap();
        let columns = if sqlite { SQLITE_COLUMNS } else { POSTGRES_COLUMNS };
        let columns = fetch_all!(reader, columns => (String, String)).unwrap();
        let mut rows = Vec::new();
        for (table, key) in &columns {
            if !["tenant_id", "client_id"].contains(&key.as_str()) || BUSY.contains(&&**table) {
                continue;
            }
            let of_table = columns.iter().filter(|(name, _)| name == table);
            let texts = of_table.map(|(_, column)| {
                if sqlite {
                    format!("quote({column})")
                } else {
                    format!("coalesce({column}::text, '')")
                }
            });
            let texts = texts.collect::<Vec<_>>().join(" || '|' || ");
            let sql =
                format!("SELECT '{table}|' || {texts} FROM {table} WHERE {key} = $1 ORDER BY 1");
            let sql = store::sqlx::AssertSqlSafe(sql);
            let found = fetch_all!(reader, sql => (String,), self.tenant.0).unwrap();
            rows.extend(found.into_iter().map(|(row,)| row));
        }
        rows
    }
}
