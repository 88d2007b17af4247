DROP TRIGGER ivr_events_performed ON ivr_events;
DROP FUNCTION note_performed();
DROP TABLE ticket_references;
DROP TABLE prospects;
