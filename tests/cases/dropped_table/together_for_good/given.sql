-- The parent cannot be dropped for good while an archived child still refers to it.
-- allow: drop-table
CREATE TABLE parent (id bigint PRIMARY KEY);
CREATE TABLE child (parent_id bigint REFERENCES parent);
