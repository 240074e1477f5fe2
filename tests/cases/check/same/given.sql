-- The same in other words is the same: nothing is done, whatever the file's spelling.
CREATE TABLE wallets (
    id bigint PRIMARY KEY, balance numeric, status varchar(10), tags text[], data jsonb, at timestamptz, n int,
    CONSTRAINT in_list CHECK (status IN ('open', 'closed')),
    CONSTRAINT qualified CHECK (wallets.balance >= 0),
    CONSTRAINT casts CHECK ((balance)::integer > '5'::text::int),
    CONSTRAINT arrays CHECK (tags = ARRAY['a', 'b']::text[]),
    CONSTRAINT json CHECK (data->>'a' IS NOT NULL),
    CONSTRAINT times CHECK (at > '2020-01-01 00:00:00+02'),
    CONSTRAINT ranges CHECK (n BETWEEN 1 AND 10),
    CONSTRAINT whole_row CHECK (num_nulls(wallets.*) < 5 OR wallets IS NOT NULL),
    CONSTRAINT words CHECK (status IS DISTINCT FROM 'x' AND status NOT LIKE '%y' AND NOT status ~~ 'z%')
);
