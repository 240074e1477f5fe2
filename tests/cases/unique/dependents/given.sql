-- A unique constraint that foreign keys depend on is rebuilt together with them: in one transaction they are dropped
-- and added again with all their properties, and validated afterwards. One that was NOT VALID stays so.
CREATE TABLE users (id bigint PRIMARY KEY, tenant int NOT NULL, email text NOT NULL, parent text,
    CONSTRAINT users_email_key UNIQUE (email) WITH (fillfactor = 70),
    CONSTRAINT users_tenant_id_key UNIQUE (tenant, id),
    CONSTRAINT users_parent_fkey FOREIGN KEY (parent) REFERENCES users (email));
CREATE SCHEMA billing;
CREATE TABLE billing.orders (email text, tenant int, user_id bigint,
    CONSTRAINT orders_email_fkey FOREIGN KEY (email) REFERENCES users (email)
        ON UPDATE CASCADE ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT orders_user_fkey FOREIGN KEY (tenant, user_id) REFERENCES users (tenant, id)
        MATCH FULL ON DELETE SET NULL,
    CONSTRAINT orders_crossed_fkey FOREIGN KEY (user_id, tenant) REFERENCES users (id, tenant));
CREATE TABLE "Old Posts" ("E-Mail" text);
INSERT INTO users VALUES (1, 1, 'a', NULL), (2, 1, 'b', 'a');
INSERT INTO billing.orders VALUES ('a', 1, 1), (NULL, NULL, NULL);
INSERT INTO "Old Posts" VALUES ('orphan');
ALTER TABLE "Old Posts" ADD CONSTRAINT "Posts, by e-mail" FOREIGN KEY ("E-Mail") REFERENCES users (email) NOT VALID;
COMMENT ON CONSTRAINT users_email_key ON users IS 'kept, as the file does not mention it';
COMMENT ON CONSTRAINT orders_email_fkey ON billing.orders IS 'kept; it''s theirs';
COMMENT ON CONSTRAINT orders_user_fkey ON billing.orders IS 'kept and declared';
ALTER TABLE users REPLICA IDENTITY USING INDEX users_email_key;
ALTER TABLE users CLUSTER ON users_email_key;
