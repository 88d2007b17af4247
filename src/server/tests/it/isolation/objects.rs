//! The first tenant's objects in addresses and bodies.

use super::rooms::{
    AGENT, CALENDAR, CALL, CLOSURE, DONE, OTHER_CLOSURE, PROSPECT, Rooms, TICKET, TOKEN, VISIT,
};
use desk::sessions;

impl Rooms {
    /// A route's path with the first tenant's objects in it.
    pub fn path(&self, path: &str) -> String {
        let session = sessions::handle(self.cookie.split_once('=').unwrap().1);
        let tenant = self.tenant.to_string();
        let objects = [
            ("/login/", "0123456789abcdef"),
            ("/contact/", &tenant),
            ("/app/appels/", CALL),
            ("/app/rendez-vous/", VISIT),
            ("/app/messages/{id}/a-traiter", DONE),
            ("/app/messages/", TICKET),
            ("/app/prospects/", PROSPECT),
            ("/app/reglages/sessions/{handle}", &session),
            ("/app/reglages/jetons/", TOKEN),
            ("/app/reglages/agents/", AGENT),
            ("/app/reglages/numeros/", AGENT),
            ("/admin/clients/", &tenant),
            ("/api/agents/", AGENT),
            ("/r/", "0123456789abcdef"),
            ("/api/channels/", "sms"),
            ("/app/reglages/canaux/", "sms"),
            ("/app/reglages/modeles/", "sms"),
            ("/api/v1/tenants/", &tenant),
            ("/api/v1/calls/", CALL),
            ("/api/v1/tickets/", TICKET),
            ("/api/v1/prospects/", PROSPECT),
            ("/api/v1/appointments/", VISIT),
            ("/api/v1/calendars/", CALENDAR),
            ("/api/v1/closures/", CLOSURE),
            ("/app/agenda/partage/", CALENDAR),
            ("/app/agenda/fermetures/", OTHER_CLOSURE),
            ("/calendrier/", "0123456789abcdef"),
        ];
        let Some((before, rest)) = path.split_once('{') else { return path.to_owned() };
        let known = objects.iter().find(|(start, _)| path.starts_with(start));
        let (_, object) = known.unwrap_or_else(|| panic!("{path}: name an object of a tenant's"));
        let after = rest.split_once('}').unwrap().1;
        assert!(!after.contains('{'), "{path}: name its second object too");
        format!("{before}{object}{after}")
    }

    /// A body that means something to the routes that read JSON.
    pub fn body(&self, path: &str) -> String {
        let tenant = self.tenant.0;
        match path {
            "/api/admin/routing" => {
                format!("{{\"key\":\"+33199009999\",\"tenant_id\":{tenant}}}")
            }
            "/api/v1/calendars/{id}/feed" => "{\"shows\":\"busy\"}".to_owned(),
            "/api/v1/appointments" => format!(
                "{{\"name\":\"Alix Martin\",\"start\":\"2026-11-24T14:00\",\"tenant_id\":{tenant}}}"
            ),
            "/api/v1/tickets/{id}" => "{\"version\":1,\"status\":\"closed\"}".to_owned(),
            "/api/v1/tickets/{id}/answers" => {
                "{\"version\":1,\"channel\":\"sms\",\"text\":\"bonjour\"}".to_owned()
            }
            "/api/v1/tickets/{id}/comments" => "{\"text\":\"bonjour\"}".to_owned(),
            "/api/v1/prospects/{id}" => "{\"version\":1,\"notes\":\"bonjour\"}".to_owned(),
            _ => format!("{{\"tenant_id\":{tenant},\"client_id\":{tenant}}}"),
        }
    }
}
