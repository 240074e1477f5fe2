-- Capitals, spaces, quotes, dots, percent signs, braces, keywords, 63 bytes and other alphabets, in each kind.
CREATE SCHEMA "Sch""ema. x";
CREATE TABLE "Sch""ema. x"."Tab le'%s{}" (
    "select" bigint, "Col.umn" text, "ключ" text, "a""b" text, "%(x)s" int, "{0}" int,
    "c23456789012345678901234567890123456789012345678901234567890123" int
);
CREATE TABLE "User" (id bigint CONSTRAINT "PK User" PRIMARY KEY, "Name" text);
INSERT INTO "User" VALUES (1, 'a');
INSERT INTO "Sch""ema. x"."Tab le'%s{}" VALUES (1, 'a', 'b', 'c', 1, 1, 1);
CREATE INDEX "Old ""Index""" ON "User" ("Name");
