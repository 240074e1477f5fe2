-- One row of each key stays; the others move to the quarantine before the unique index is built, or are deleted.
-- allow: data-loss
CREATE TABLE users (id bigint PRIMARY KEY, email text, login text, seen date, gone bool NOT NULL DEFAULT false);
INSERT INTO users
SELECT n, nullif('e' || n % 7, 'e0'), 'l' || n, date '2026-01-01' + n % 3, n > 12
  FROM generate_series(1, 20) n;
INSERT INTO users VALUES (21, 'f1', 'L8', '2027-01-01'), (22, 'f2', 'L2', '2027-01-01'), (23, 'f3', 'L2', '2027-01-01');
CREATE TABLE visits (tenant int, page text, at timestamp);
INSERT INTO visits VALUES (1, 'a', '2026-01-01'), (1, 'a', NULL), (1, 'b', NULL), (2, 'a', NULL);
