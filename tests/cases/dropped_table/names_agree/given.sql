-- Names that agree in the archive get numbers: a table name in two schemas, and names that are equal once they are cut.
CREATE SCHEMA billing;
CREATE SCHEMA shop;
CREATE TABLE billing.orders_old (id int PRIMARY KEY, v text);
CREATE TABLE shop.orders_old (id int PRIMARY KEY, v text);
CREATE TABLE customer_invoice_line_items_snapshot_backup_2024_01 (id serial);
CREATE TABLE customer_invoice_line_items_snapshot_backup_2024_02 (id serial);
INSERT INTO billing.orders_old VALUES (1, 'b');
INSERT INTO shop.orders_old VALUES (1, 's'), (2, 't');
