-- A not-null that is not valid is validated, unless the file is content with it; nothing is ever un-validated.
-- pg: >= 18
CREATE TABLE users (id bigint NOT NULL, email text, nick text);
ALTER TABLE users ADD CONSTRAINT users_email_not_null NOT NULL email NOT VALID;
ALTER TABLE users ADD CONSTRAINT users_nick_not_null NOT NULL nick NOT VALID;
INSERT INTO users VALUES (1, 'a', 'b');
