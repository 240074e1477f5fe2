-- A foreign key that is to be enforced is refused while it has orphans.
-- pg: >= 18
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE wallets (id int PRIMARY KEY, user_id int, CONSTRAINT owner FOREIGN KEY (user_id) REFERENCES users NOT ENFORCED);
INSERT INTO wallets VALUES (1, 7);
