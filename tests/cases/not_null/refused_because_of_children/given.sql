-- Not-nulls that children have, keep or inherit twice, which PostgreSQL changes only later, or never.
-- pg: >= 18
CREATE TABLE a (id integer, CONSTRAINT a_id NOT NULL id);
CREATE TABLE b () INHERITS (a);
CREATE TABLE c () INHERITS (a);

-- A child of two parents.
CREATE TABLE d (id integer, CONSTRAINT d_id NOT NULL id, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE e (id integer, CONSTRAINT e_id NOT NULL id, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE f () INHERITS (d, e);

-- A child that inherits a check of that name from its other parent, and one that is to have a not-null of its own.
CREATE TABLE g (id integer, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE h (id integer);
CREATE TABLE i () INHERITS (g, h);
CREATE TABLE k (id integer);
CREATE TABLE l () INHERITS (k);
