-- Columns become not null without a scan under a strong lock: by a check before 18, by its own constraint since.
-- formats: all
CREATE TABLE users (id bigint PRIMARY KEY, email text, "Nick Name" text, born date NOT NULL);
INSERT INTO users VALUES (1, 'a@b.c', 'a', '2000-01-01');
