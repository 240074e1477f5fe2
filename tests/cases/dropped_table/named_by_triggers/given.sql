-- Arguments of triggers that name a table are a hazard that names the trigger; a longer word, and a trigger of the table
-- itself, are none. So is a name that begins or ends with no letter, or is written in other letters.
CREATE TABLE log_99999 (id bigserial PRIMARY KEY);
CREATE TABLE "log[1]" (id int);
CREATE TABLE orders (id int PRIMARY KEY);
CREATE FUNCTION run_argument() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE TG_ARGV[0]; RETURN NULL; END $$;
CREATE FUNCTION count_log() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM public."log[1]"';
CREATE FUNCTION count_other_log() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM PUBLIC.LOG_99999';
CREATE TRIGGER copy AFTER INSERT ON orders EXECUTE FUNCTION run_argument('INSERT INTO log_99999 VALUES (default)');
CREATE TRIGGER longer AFTER INSERT ON orders EXECUTE FUNCTION run_argument('SELECT log_99999_2');
CREATE TRIGGER itself AFTER INSERT ON log_99999 EXECUTE FUNCTION run_argument('SELECT 1 FROM log_99999');
CREATE TRIGGER "Brackets" AFTER UPDATE OF id ON orders FOR EACH ROW WHEN (OLD.id < NEW.id)
    EXECUTE FUNCTION run_argument('SELECT 1', 'SELECT 1 FROM "log[1]"');
