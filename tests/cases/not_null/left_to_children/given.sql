-- Children keep a not-null that their parents no longer pass on, as their own.
-- pg: >= 18
CREATE TABLE a (id integer, CONSTRAINT a_id NOT NULL id);
CREATE TABLE b () INHERITS (a);
CREATE TABLE c () INHERITS (b);
CREATE TABLE d (id integer, CONSTRAINT d_id NOT NULL id);
CREATE TABLE e () INHERITS (a, d);
