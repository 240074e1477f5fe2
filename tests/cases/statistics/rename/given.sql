-- Statistics are renamed if the file says so, or if the old name is to be absent and they agree; others are made under the new name.
CREATE TABLE places (id bigint, city text, country text, zip text);
CREATE STATISTICS old_a ON city, country FROM places;
CREATE STATISTICS old_b ON city, zip FROM places;
CREATE STATISTICS old_c ON country, zip FROM places;
CREATE STATISTICS swap_1 ON id, zip FROM places;
