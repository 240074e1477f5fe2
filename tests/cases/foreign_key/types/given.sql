-- The server judges whether types match: bigint and int do, text and bigint do not, nor do int and text arrays.
CREATE TABLE users (id bigint PRIMARY KEY, code varchar(10) UNIQUE, tags text[] UNIQUE);
CREATE TABLE orders (id bigint PRIMARY KEY, small int, word text, numbers int[]);
