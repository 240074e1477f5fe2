-- Refused: 2 reasons; nothing may be applied.
--
-- primary key of public.stays (schema.yaml:3:24) [hazard-not-accepted]
--   cause:  blocking-build: primary key of public.stays: public.stays was never analysed, so its size is not known; the build has no online way: nobody can read or write the table for as long as it takes
--   remedy: accept it with `--allow blocking-build` or `policy: {allow: [blocking-build]}`; or apply it in a maintenance window, or while the table is small
--
-- unique apart on public.altered (schema.yaml:4:22) [hazard-not-accepted]
--   cause:  blocking-build: unique apart on public.altered: public.altered was never analysed, so its size is not known; the build has no online way: nobody can read or write the table for as long as it takes
--   remedy: accept it with `--allow blocking-build` or `policy: {allow: [blocking-build]}`; or apply it in a maintenance window, or while the table is small
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
