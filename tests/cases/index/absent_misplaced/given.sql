-- An object of the name that is not an index, or not a constraint, is reported.
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE, nick text);
CREATE INDEX idx_nick ON users (nick);
CREATE CONSTRAINT TRIGGER looked_at AFTER UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
