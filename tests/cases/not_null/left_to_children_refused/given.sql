-- Names and drops of not-nulls that PostgreSQL allows only later, or never.
-- pg: >= 18
CREATE TABLE a (id integer, CONSTRAINT a_id NOT NULL id);
CREATE TABLE b () INHERITS (a);
CREATE TABLE c () INHERITS (a);

-- A child of two parents.
CREATE TABLE d (id integer, CONSTRAINT d_id NOT NULL id, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE e (id integer, CONSTRAINT e_id NOT NULL id, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE f () INHERITS (d, e);
