-- A protected table is never dropped, nor altered, whether by its name or by a pattern.
CREATE TABLE backup_logs (id bigint);
CREATE TABLE audit_2020 (id bigint);
CREATE TABLE audit_2021 (id bigint);
CREATE SCHEMA vault;
CREATE TABLE vault.secrets (id bigint);
CREATE INDEX idx_secrets ON vault.secrets (id);
