-- A foreign key that is not enforced only says what refers to what: orphans are allowed, and made.
-- pg: >= 18
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE wallets (id int PRIMARY KEY, user_id int, other int);
INSERT INTO wallets VALUES (1, 7, 7);
CREATE TABLE empty (user_id int);
