-- Refused: 3 reasons; nothing may be applied.
-- Database <database> on <host>, port 0, PostgreSQL <version>, as <user>
\set ON_ERROR_STOP on
\encoding UTF8

\warn 'exclusion constraint bookings_apart on public.bookings (schema.yaml:4:27) [hazard-not-accepted]'
\warn '  cause:  blocking-build: exclusion bookings_apart on public.bookings: public.bookings has about 50 rows; the build cannot run online: nobody can read or write the table until it ends'
\warn '  remedy: accept it with `--allow blocking-build` or `policy: {allow: [blocking-build]}`; or apply it while the table has fewer rows than `policy.small_table_rows`'

\warn 'exclusion constraint unknown_apart on public.unknown (schema.yaml:5:26) [hazard-not-accepted]'
\warn '  cause:  blocking-build: exclusion unknown_apart on public.unknown: public.unknown was never analyzed, so its size is not known; the build cannot run online: nobody can read or write the table until it ends'
\warn '  remedy: accept it with `--allow blocking-build` or `policy: {allow: [blocking-build]}`; or apply it while the table has fewer rows than `policy.small_table_rows`'

\warn 'exclusion constraint apart on public.replaced (schema.yaml:6:27) [hazard-not-accepted]'
\warn '  cause:  blocking-build: exclusion apart on public.replaced: public.replaced has about 50 rows; the build cannot run online: nobody can read or write the table until it ends'
\warn '  remedy: accept it with `--allow blocking-build` or `policy: {allow: [blocking-build]}`; or apply it while the table has fewer rows than `policy.small_table_rows`'

DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
