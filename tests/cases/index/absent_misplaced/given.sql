-- What is there but is no index, or no constraint, is told rather than passed over in silence.
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE, nick text,
    CONSTRAINT no_overlap EXCLUDE (id WITH =));
CREATE INDEX idx_nick ON users (nick);
