-- Target, schema and comment are altered. Other columns, expressions or kinds take new statistics; what the file leaves out stays.
CREATE SCHEMA stats;
CREATE TABLE places (id bigint, city text, country text, zip text);
CREATE STATISTICS other_columns ON city, country FROM places;
CREATE STATISTICS other_kinds ON city, country FROM places;
CREATE STATISTICS other_expression ON (lower(city)) FROM places;
CREATE STATISTICS same_text ON country, city, (zip || 'x'), (lower(city)) FROM places;
CREATE STATISTICS target ON city, zip FROM places;
CREATE STATISTICS no_target ON city, zip FROM places;
CREATE STATISTICS comment ON city, zip FROM places;
CREATE STATISTICS moved ON city, zip FROM places;
CREATE STATISTICS stats.moved_back ON city, zip FROM places;
CREATE STATISTICS unwanted ON city, zip FROM places;
ALTER STATISTICS other_kinds SET STATISTICS 700;
ALTER STATISTICS no_target SET STATISTICS 700;
COMMENT ON STATISTICS other_columns IS 'kept';
COMMENT ON STATISTICS comment IS 'old';
