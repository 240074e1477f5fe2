-- `backup: none` drops the table for good, which somebody has to accept.
-- formats: all
CREATE TABLE scratch (id bigint);
