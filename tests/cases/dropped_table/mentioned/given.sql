-- A function with a quoted body that mentions the table is a hazard that names it; a longer word does not count.
CREATE TABLE leftover (id bigint);
CREATE TABLE "Old.One" (id bigint);
CREATE FUNCTION old_count() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM public.leftover';
CREATE FUNCTION dynamic() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DELETE FROM "Old.One"'; END $$;
CREATE FUNCTION other() RETURNS text LANGUAGE sql AS $$ SELECT 'leftovers, leftover_2'::text $$;
