"""Archived tables that look as if they had been archived long ago."""

LONG_AGO = "20240101T000000Z"

AGE = rf"""
    DO $$DECLARE one text; BEGIN
      FOR one IN
        SELECT relname FROM pg_class
         WHERE relnamespace = 'reconcile_archive'::regnamespace AND relkind IN ('r', 'p')
           AND relname ~ '^{{table}}__\d+T\d+Z$'
      LOOP
        EXECUTE format('ALTER TABLE reconcile_archive.%I RENAME TO %I', one,
                       regexp_replace(one, '\d+T\d+Z$', '{LONG_AGO}'));
      END LOOP; END$$"""
"""Give the time to the names in the archive of the tables whose original name matches the expression `{table}`."""
