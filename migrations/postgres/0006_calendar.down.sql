DROP TABLE reminders;
DROP TABLE calendar_feeds;
DROP TABLE rendez_vous_history;
