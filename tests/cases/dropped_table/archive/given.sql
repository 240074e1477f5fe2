-- An archived table keeps rows, indexes, constraints, privileges, owned sequences, comment; it restores to the letter.
-- formats: all
CREATE TABLE chats (id bigint PRIMARY KEY);
INSERT INTO chats SELECT generate_series(1, 5);
CREATE TABLE chats_backup (
    id bigserial PRIMARY KEY,
    number int GENERATED ALWAYS AS IDENTITY,
    body text DEFAULT 'x' CONSTRAINT chats_backup_body CHECK (body <> ''),
    chat bigint REFERENCES chats,
    CONSTRAINT chats_backup_once UNIQUE (body, id)
);
CREATE INDEX chats_backup_lower ON chats_backup (lower(body)) WHERE id > 0;
COMMENT ON TABLE chats_backup IS 'made in a hurry';
COMMENT ON COLUMN chats_backup.body IS 'what was said';
GRANT SELECT, INSERT ON chats_backup TO reader;
INSERT INTO chats_backup (body) VALUES ('a'), ('b'), ('c');
CREATE PUBLICATION everything FOR ALL TABLES;
