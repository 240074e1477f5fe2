-- Accepted in the file.
CREATE TABLE scratch (id bigint);
