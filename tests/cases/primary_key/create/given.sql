-- Nullable columns become not null first and online, then the key takes an index that was built concurrently.
CREATE TABLE users (id bigint, email text);
CREATE TABLE members (club bigint NOT NULL, person bigint);
INSERT INTO users VALUES (1, 'a'), (2, 'b');
INSERT INTO members VALUES (1, 1), (1, 2);
