-- Foreign keys are not inherited: those of parent and child may differ in whether they are enforced.
-- pg: >= 18
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE parent (a bigint, b bigint);
CREATE TABLE child (CONSTRAINT own FOREIGN KEY (a) REFERENCES users, CONSTRAINT other FOREIGN KEY (b) REFERENCES users) INHERITS (parent);
