DROP TABLE delivery_reports;
DROP TABLE message_directory;
DROP TABLE stop_list;
DROP TABLE channel_messages_log;
DROP TABLE channel_configurations;
