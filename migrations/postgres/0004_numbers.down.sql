DROP TABLE simulators;
DROP TABLE idempotency_keys;
DROP TABLE provisionings;
DROP TABLE phone_numbers;
DROP TABLE agents;
