-- The names that PostgreSQL would give primary keys and not-nulls are taken, or the same when they are cut: the next ones.
CREATE TABLE pet (id int PRIMARY KEY, name text, owner_id int);
ALTER TABLE pet ADD CONSTRAINT pet_name_not_null CHECK (name IS NOT NULL);
ALTER TABLE pet ADD CONSTRAINT pet_owner_id_not_null CHECK (owner_id IS NOT NULL) NOT VALID;
INSERT INTO pet VALUES (1, 'x', 1);

CREATE TABLE nopk (a int, b int, CONSTRAINT nopk_a_not_null CHECK (a IS NOT NULL), CONSTRAINT nopk_pkey CHECK (b > 0));
CREATE TABLE visit (id int, CONSTRAINT visit_pkey CHECK (id > 0));
CREATE VIEW visit_pkey1 AS SELECT 1 AS id;

CREATE TABLE customer_invoice_line_items_snapshot_backup_of_the_year_2024_01 (id int, v int);
CREATE TABLE customer_invoice_line_items_snapshot_backup_of_the_year_2024_02 (id int, v int);
CREATE TABLE wide (
    customer_invoice_line_items_snapshot_backup_of_the_year_2024_01 int,
    customer_invoice_line_items_snapshot_backup_of_the_year_2024_02 int
);

-- A child has a check of the name that the not-null would have there as well.
CREATE TABLE parent (id int);
CREATE TABLE child (CONSTRAINT parent_id_not_null CHECK (id > 0)) INHERITS (parent);

-- The name becomes free, or is that of the very index.
CREATE TABLE freed (id int NOT NULL, CONSTRAINT freed_pkey UNIQUE (id));
CREATE TABLE adopted (id int NOT NULL);
CREATE UNIQUE INDEX adopted_pkey ON adopted (id);
