-- Duplicates and NULLs speak against a primary key, each counted and sampled.
CREATE TABLE members (club bigint, person text);
INSERT INTO members VALUES (1, 'a'), (1, 'a'), (1, 'a'), (2, 'b'), (2, 'b'), (3, 'c'), (NULL, 'd'), (NULL, 'd');
