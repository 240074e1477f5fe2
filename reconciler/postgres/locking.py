"""Statements that take the locks of a step and measure the time, shared by `apply` and the script for psql.

No lock of a step blocks traffic for longer than the limits. The server enforces the limits, so they hold even if the
client dies:

- One attempt waits for at most `policy.lock_timeout`, for all locks together.
- Once it holds the first lock, it waits for the others for at most half of `deadlock_timeout`. A session that waits for
  the held lock then never waits long enough to search for a deadlock, and to be cancelled as its victim. Other sessions
  may have waited for longer: those that queued behind its request, and those that wait for a row of a
  transaction that then needs what the step holds. So all waits end before any session that is already waiting searches
  for a deadlock, and at most `deadlock_timeout` after the attempt began.
- The commit does not wait for a standby, because the locks are held until it is done. The last entry of a run waits for
  the standby, which then has everything that was written before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import count

from psycopg import sql

from reconciler.model.limits import milliseconds
from reconciler.model.locks import LockClaim, LockMode

SHORTEST_PAUSE = timedelta(milliseconds=250)
"""The shortest pause between two attempts."""

_REST_MS = "greatest(1, ceil(1000 * extract(epoch FROM latest - clock_timestamp())))::bigint"

_RELEASED = "RC011"
"""The SQLSTATE that releases a lock, by rolling back the block that took it."""


def _deadlock_timeout(choose: str, aggregate: str) -> str:
    """Return the shortest or the longest deadlock_timeout of any session. A value that was raised for this role or
    database only does not apply to others."""
    return (
        f"{choose}(current_setting('deadlock_timeout')::interval, '1s', "
        f"(SELECT {aggregate}(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) "
        "FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, "
        "substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting))"
    )


# The time when the first session that is already waiting searches for a deadlock, minus the time that an abort may
# take. Each session searches once, and possibly somewhat late.
_FIRST_LOOK = (
    "(SELECT min(waitstart) + deadlock * 0.85 FROM pg_catalog.pg_locks "
    "WHERE waitstart > clock_timestamp() - longest_deadlock * 1.25)"
)

_COMMIT = "CASE current_setting('synchronous_commit') WHEN 'off' THEN 'off' ELSE 'local' END"

# `lock_wait` is kept for the journal's entry, in the transaction itself.
_ELAPSED = "round(extract(epoch FROM clock_timestamp() - {since})::numeric, 3)"


def lock_statement(claim: LockClaim) -> str:
    """Return `LOCK TABLE` for one claim, without the partitions: they have claims of their own."""
    table = sql.Identifier(claim.table.schema, claim.table.name).as_string(None)
    return f"LOCK TABLE ONLY {table} IN {claim.mode.value} MODE"


def take_locks(claims: Sequence[LockClaim], lock_timeout: timedelta) -> str:
    """Return a statement that takes these locks in their order, or fails with `lock_not_available`."""
    return block([*_declared(claims), "BEGIN", *_attempt(claims, lock_timeout), "END"])


def end_autovacuums(claims: Sequence[LockClaim]) -> tuple[LockClaim, ...]:
    """Return for each table a claim that lets the server cancel a blocking autovacuum, and that blocks no traffic.

    The server cancels it for a session that has waited for `deadlock_timeout`. An attempt may wait for less.
    """
    mode = LockMode.SHARE_UPDATE_EXCLUSIVE
    tables = dict.fromkeys(claim.table for claim in claims if claim.mode.conflicts_with(mode))
    return tuple(LockClaim(table=table, mode=mode) for table in tables)


def end_autovacuum(claim: LockClaim) -> str:
    """Return a statement that takes such a lock, in a transaction that does nothing else, or fails."""
    return block(["BEGIN", _PATIENT, f"  {lock_statement(claim)};", "END"])


_PATIENT = (
    "  PERFORM set_config('lock_timeout', "
    "ceil(2000 * extract(epoch FROM current_setting('deadlock_timeout')::interval)) || 'ms', true);"
)


def take_locks_with_retries(claims: Sequence[LockClaim], lock_timeout: timedelta, max_lock_wait: timedelta) -> str:
    """Return a statement that does the same repeatedly, for at most `max_lock_wait`. Between two attempts it holds
    none of the locks."""
    gentle = [string_literal(lock_statement(claim)) for claim in end_autovacuums(claims)]
    lines = [
        *_declared(claims),
        *_array("gentle", gentle),
        "  pause interval;",
        "  tries int := 0;",
        "BEGIN",
        "  LOOP",
        "    BEGIN",
        *(_end_one_autovacuum(len(gentle)) if gentle else ()),
        *("    " + line for line in _attempt(claims, lock_timeout)),
        "      EXIT;",
        "    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN",
        f"      pause := greatest({_interval(SHORTEST_PAUSE)}, clock_timestamp() - attempt) * (1 + random());",
        f"      IF clock_timestamp() + pause > began + {_interval(max_lock_wait)} THEN RAISE; END IF;",
        "      PERFORM pg_sleep_for(pause);",
        "      tries := tries + 1;",
        "    END;",
        "  END LOOP;",
        "END",
    ]
    return block(lines)


def _end_one_autovacuum(number: int) -> Iterator[str]:
    """Yield the lines that wait for one of the gentle locks before another attempt, and release it at once."""
    yield "      IF tries > 0 THEN"
    yield "        attempt := clock_timestamp();"
    yield "        BEGIN"
    yield f"        {_PATIENT}"
    yield f"          EXECUTE gentle[1 + tries % {number}];"
    yield f"          RAISE EXCEPTION USING ERRCODE = '{_RELEASED}';"
    yield f"        EXCEPTION WHEN SQLSTATE '{_RELEASED}' OR lock_not_available THEN"
    yield "        END;"
    yield "      END IF;"


def _declared(claims: Sequence[LockClaim]) -> Iterator[str]:
    texts = [string_literal(lock_statement(claim)) for claim in claims]
    yield "DECLARE"
    yield from _array("statements", texts)
    yield "  wanted text;"
    yield f"  deadlock interval := {_deadlock_timeout('least', 'min')};"
    yield f"  longest_deadlock interval := {_deadlock_timeout('greatest', 'max')};"
    yield "  began timestamptz := clock_timestamp();"
    yield "  attempt timestamptz;"
    yield "  latest timestamptz;"
    yield "  held bool;"


def _array(name: str, texts: Sequence[str]) -> Iterator[str]:
    yield f"  {name} text[] := ARRAY["
    yield from (f"    {text}{',' if n < len(texts) else ''}" for n, text in enumerate(texts, start=1))
    yield "  ]::text[];"


def _attempt(claims: Sequence[LockClaim], lock_timeout: timedelta) -> Iterator[str]:
    """Yield the lines that try to take the locks once. Locks that block nothing may be held for any time."""
    blocking = any(claim.blocks for claim in claims)
    yield "  attempt := clock_timestamp();"
    yield f"  latest := attempt + {_interval(lock_timeout)};"
    yield "  held := false;"
    yield "  FOREACH wanted IN ARRAY statements LOOP"
    yield f"    PERFORM set_config('lock_timeout', {_REST_MS} || 'ms', true);"
    yield "    EXECUTE wanted || CASE WHEN clock_timestamp() < latest THEN '' ELSE ' NOWAIT' END;"
    if blocking:
        yield "    IF NOT held THEN"
        yield "      held := true;"
        yield "      latest := least(latest, attempt + deadlock, clock_timestamp() + deadlock / 2,"
        yield f"        {_FIRST_LOOK});"
        yield "    END IF;"
    yield "  END LOOP;"
    rest = _REST_MS + " || 'ms'" if blocking else string_literal(milliseconds(lock_timeout))
    yield f"  PERFORM set_config('lock_timeout', {rest}, true),"
    if blocking:
        yield f"    set_config('synchronous_commit', {_COMMIT}, true),"
    yield f"    set_config('reconcile.lock_wait', {_ELAPSED.format(since='began')}::text, true);"


def measured(*, elapsed_s: float = 0.0, lock_wait_s: float = 0.0) -> str:
    """Return an SQL expression for the durations in the journal's entry of a step that is about to commit, by the
    server's clock.

    It counts from the beginning of the transaction. `elapsed_s` and `lock_wait_s` were spent on attempts before it.
    """
    waited = "coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric"
    return (
        f"jsonb_build_object('duration_s', {_ELAPSED.format(since='transaction_timestamp()')} + {elapsed_s:.3f}, "
        f"'lock_wait_s', {waited} + {lock_wait_s:.3f})"
    )


def block(lines: Iterable[str]) -> str:
    """Return an anonymous block of PL/pgSQL, quoted so that psql replaces nothing inside."""
    text = "\n".join(lines)
    tag = next(tag for tag in (f"$block{n or ''}$" for n in count()) if tag not in text)
    return f"DO {tag}\n{text}\n{tag}"


def string_literal(text: str) -> str:
    """Return a string for a server with standard_conforming_strings on, which every session of the tool sets."""
    return "'" + text.replace("'", "''") + "'"


def _interval(duration: timedelta) -> str:
    return f"interval '{milliseconds(duration)}'"
