-- An interrupted run left its check behind, one valid and one not: the next run continues from there.
-- pg: < 18
CREATE TABLE users (id bigint, email text, nick text);
ALTER TABLE users ADD CONSTRAINT users_email__reconcile_new CHECK (email IS NOT NULL) NOT VALID;
ALTER TABLE users ADD CONSTRAINT users_nick__reconcile_new CHECK (nick IS NOT NULL);
