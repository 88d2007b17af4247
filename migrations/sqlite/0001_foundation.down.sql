DROP TABLE outbox;
DROP TABLE incidents;
DROP TABLE hooks;
DROP TABLE tickets;
DROP TABLE slot_holds;
DROP TABLE appointment_claims;
DROP TABLE rendez_vous;
DROP TABLE day_counters;
DROP TABLE ivr_events;
DROP TABLE call_turns;
DROP TABLE conversations;
DROP TABLE call_logs;
DROP TABLE call_directory;
DROP TABLE tenant_routing;
DROP TABLE route_guard;
DROP TABLE changes; -- derived
DROP TABLE tenants;
