-- An operator class that is the default of another type than the column's says how the index compares.
CREATE EXTENSION citext;
CREATE DOMAIN code AS varchar(10);
CREATE TABLE member (id int PRIMARY KEY, email citext, name citext, code code, host cidr, flags bit(8), n int, tags text[]);
CREATE UNIQUE INDEX member_email ON member (email text_ops);
CREATE UNIQUE INDEX member_name ON member (name);
CREATE INDEX member_code ON member (code);
CREATE INDEX member_host ON member (host inet_ops);
CREATE INDEX member_flags ON member (flags varbit_ops);
CREATE INDEX member_n ON member (n oid_ops);
CREATE INDEX member_tags ON member USING gin (tags);
CREATE INDEX member_lower ON member (lower(code) text_pattern_ops, lower(code), upper(email::text));
