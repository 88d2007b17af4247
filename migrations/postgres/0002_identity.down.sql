DROP TABLE attempts;
DROP TABLE api_tokens;
DROP TABLE sessions;
DROP TABLE magic_links;
DROP TABLE passwords;
DROP TABLE members;
