DROP TRIGGER ivr_events_performed;
DROP TABLE ticket_references;
DROP TABLE prospects;
