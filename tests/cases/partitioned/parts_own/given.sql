-- The properties of a partition's own index are changed in place.
CREATE TABLE accounts (id int NOT NULL, region text NOT NULL, mail text, CONSTRAINT accounts_pkey PRIMARY KEY (id, region))
    PARTITION BY LIST (region);
CREATE TABLE accounts_north PARTITION OF accounts FOR VALUES IN ('north');
CREATE TABLE accounts_south PARTITION OF accounts FOR VALUES IN ('south');
ALTER TABLE accounts ADD CONSTRAINT accounts_mail_key UNIQUE (mail, region);
CREATE INDEX accounts_mail_idx ON accounts (lower(mail));
INSERT INTO accounts VALUES (1, 'north', 'a'), (2, 'south', 'b');
ALTER TABLE accounts_south REPLICA IDENTITY USING INDEX accounts_south_pkey;
COMMENT ON INDEX accounts_south_lower_idx IS 'old';
