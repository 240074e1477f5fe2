-- Names that the archive has already, of tables, indexes and sequences, get the time as well.
CREATE SCHEMA reconcile_archive;
CREATE TABLE reconcile_archive.old__20200101T000000Z (id bigint CONSTRAINT old_pkey PRIMARY KEY);
CREATE SEQUENCE reconcile_archive.old_id_seq;
CREATE TABLE reconcile_archive.old_name_key (id bigint);
CREATE TABLE old (id bigserial PRIMARY KEY, name text UNIQUE);
CREATE INDEX old_fine ON old (name, id);
INSERT INTO old (name) VALUES ('a');
CREATE SCHEMA other;
CREATE TABLE other.kept (id bigint);
