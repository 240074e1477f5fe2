-- Reasons why a key cannot be rebuilt with its foreign keys: they are not declared, their table is protected,
-- nothing would make the columns unique any more, or the key would become deferrable.
CREATE TABLE users (id bigint PRIMARY KEY, a text UNIQUE, b text UNIQUE, c text, d text UNIQUE, e int, f int, UNIQUE (e, f));
CREATE UNIQUE INDEX users_c_key ON users (c);
CREATE SCHEMA "Über";
CREATE TABLE "Über"."t, (1)" (id bigint, a text, "E" int, f int,
    CONSTRAINT "fk ""1""" FOREIGN KEY (id) REFERENCES users,
    CONSTRAINT fk_2 FOREIGN KEY ("E", f) REFERENCES users (e, f) ON DELETE CASCADE);
COMMENT ON CONSTRAINT fk_2 ON "Über"."t, (1)" IS 'left out of the line to paste';
CREATE TABLE orders (user_id bigint CONSTRAINT orders_user_id_fkey REFERENCES users,
    a text CONSTRAINT orders_a_fkey REFERENCES users (a), b text CONSTRAINT orders_b_fkey REFERENCES users (b),
    c text CONSTRAINT orders_c_fkey REFERENCES users (c));
CREATE TABLE guarded (d text CONSTRAINT guarded_d_fkey REFERENCES users (d));
