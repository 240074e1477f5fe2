-- Long and unusual names: the archive cuts the table's part on a character boundary, within 63 bytes.
CREATE TABLE "Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü" (id bigint PRIMARY KEY);
CREATE TABLE "x23456789012345678901234567890123456789012345678901234567890123" (id bigint);
CREATE TABLE "say ""hi"", 'you'" (id bigint);
CREATE SCHEMA "My Schema";
CREATE TABLE "My Schema"."Old Table" (id bigint);
INSERT INTO "My Schema"."Old Table" VALUES (1), (2);
COMMENT ON TABLE "My Schema"."Old Table" IS E'it''s "old"\\n';
