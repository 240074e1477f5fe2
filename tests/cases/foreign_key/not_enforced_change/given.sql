-- A foreign key that is no longer enforced is altered. One that is to be enforced gets a successor: ALTER CONSTRAINT would read
-- all rows under a lock that blocks everybody.
-- pg: >= 18
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE wallets (id int PRIMARY KEY, a int, b int, c int, d int, e int, f int, g int, h int, i int);
ALTER TABLE wallets
    ADD CONSTRAINT begins FOREIGN KEY (a) REFERENCES users NOT ENFORCED,
    ADD CONSTRAINT begins_for_new_rows FOREIGN KEY (b) REFERENCES users NOT ENFORCED,
    ADD CONSTRAINT ends FOREIGN KEY (c) REFERENCES users,
    ADD CONSTRAINT ends_and_more FOREIGN KEY (d) REFERENCES users NOT VALID,
    ADD CONSTRAINT ends_otherwise FOREIGN KEY (e) REFERENCES users,
    ADD CONSTRAINT other FOREIGN KEY (f) REFERENCES users NOT ENFORCED,
    ADD CONSTRAINT deferral FOREIGN KEY (g) REFERENCES users NOT ENFORCED,
    ADD CONSTRAINT gone FOREIGN KEY (h) REFERENCES users NOT ENFORCED,
    ADD CONSTRAINT same FOREIGN KEY (i) REFERENCES users NOT ENFORCED;
INSERT INTO users VALUES (1);
INSERT INTO wallets (id, a, b, i) VALUES (1, 1, 7, 7);
