-- The replacement must be there and hold as many rows.
CREATE TABLE chats (id bigint);
CREATE TABLE empty (id bigint);
CREATE TABLE chats_backup (id bigint);
INSERT INTO chats_backup SELECT generate_series(1, 7);
INSERT INTO chats SELECT generate_series(1, 7);
CREATE TABLE second_backup (LIKE chats);
CREATE TABLE third_backup (LIKE chats);
INSERT INTO second_backup SELECT generate_series(1, 3);
