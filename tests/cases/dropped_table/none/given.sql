-- `backup: none` drops the table for good, which somebody has to accept.
CREATE TABLE scratch (id bigint);
