-- Foreign keys are not inherited: a child's own one stays, whatever the parent gets, and is not locked.
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE parent (a bigint, b bigint);
CREATE TABLE child (CONSTRAINT own FOREIGN KEY (a) REFERENCES users, CONSTRAINT other FOREIGN KEY (b) REFERENCES users) INHERITS (parent);
