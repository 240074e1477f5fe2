-- A foreign key goes before the key that it refers to is made anew.
CREATE TABLE target (a int CONSTRAINT target_pkey PRIMARY KEY, b int);
CREATE TABLE child (a int CONSTRAINT child_a_fkey REFERENCES target);
