-- A foreign key is dropped before the key that it refers to is rebuilt.
CREATE TABLE target (a int CONSTRAINT target_pkey PRIMARY KEY, b int);
CREATE TABLE child (a int CONSTRAINT child_a_fkey REFERENCES target);
