-- Before 18 every check and foreign key is enforced: refused with the version that has the rest.
-- pg: < 18
CREATE TABLE users (id int PRIMARY KEY, tenant int);
