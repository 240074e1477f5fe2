-- Expressions of many sorts, with NO INHERIT, a comment, and rows that need not comply.
-- formats: all
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE wallets (
    id bigint PRIMARY KEY, balance numeric, status varchar(10), tags text[], data jsonb, mood mood,
    "from" date, "to" date
);
INSERT INTO wallets VALUES (1, 10, 'open', '{a}', '{"a": 1}', 'sad', '2020-01-01', NULL), (2, -1, NULL, NULL, NULL, NULL, NULL, NULL);
