-- Each attribute of a foreign key changed, set back to its default, or as it is, on a table with rows.
-- pg: >= 15
CREATE SCHEMA other;
CREATE TABLE other.parents (id int PRIMARY KEY);
CREATE TABLE parents (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
CREATE UNIQUE INDEX parents_ab ON parents (b, a);
INSERT INTO parents VALUES (1, 1, 1);
INSERT INTO other.parents VALUES (1);
CREATE TABLE children (id int PRIMARY KEY, a int, b int, c int);
ALTER TABLE children
    ADD CONSTRAINT to_full FOREIGN KEY (a, b) REFERENCES parents (a, b),
    ADD CONSTRAINT to_simple FOREIGN KEY (b, a) REFERENCES parents (b, a) MATCH FULL,
    ADD CONSTRAINT columns FOREIGN KEY (a, b) REFERENCES parents (a, b) ON DELETE SET NULL,
    ADD CONSTRAINT no_columns FOREIGN KEY (a, b) REFERENCES parents (a, b) ON DELETE SET NULL (b),
    ADD CONSTRAINT actions FOREIGN KEY (c) REFERENCES parents ON DELETE CASCADE ON UPDATE RESTRICT,
    ADD CONSTRAINT no_actions FOREIGN KEY (c) REFERENCES parents ON DELETE SET DEFAULT ON UPDATE SET NULL,
    ADD CONSTRAINT target FOREIGN KEY (c) REFERENCES parents ON UPDATE CASCADE,
    ADD CONSTRAINT deferral FOREIGN KEY (c) REFERENCES other.parents DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT same FOREIGN KEY (b, a) REFERENCES parents (a, b) MATCH FULL ON UPDATE SET DEFAULT
        ON DELETE SET NULL (a) DEFERRABLE INITIALLY DEFERRED NOT VALID;
COMMENT ON CONSTRAINT target ON children IS 'kept';
INSERT INTO children VALUES (1, 1, 1, 1), (2, NULL, NULL, NULL);
