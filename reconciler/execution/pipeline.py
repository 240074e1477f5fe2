"""Sends a transaction in such a way that no lock waits for this process.

A process may stop at any moment: it may be suspended, swapped out, or disconnected. The server then runs the
statements that it has received and waits for more; in the middle of a transaction it holds its locks meanwhile. A
pipeline alone does not prevent this, because libpq sends 8 kB at a time. So the statements, which may be long, are
prepared before the transaction. The transaction is then a short message for each of them. All messages are sent
together, in one send, if there are at most `AT_ONCE`. The server has no time limit for the rest of a pipeline.
Source: https://www.postgresql.org/docs/current/libpq-pipeline-mode.html
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import suppress

import psycopg
from psycopg import errors, pq
from psycopg.waiting import Ready, Wait

from reconciler.postgres.session import Connection

_OK = (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK, pq.ExecStatus.EMPTY_QUERY)


AT_ONCE = 200
"""The number of statements that fit into the 8 kB of one send."""

_CANCEL_S = 5.0


class StatementFailed(Exception):
    """The statement with this number (from 0) failed, and the transaction was rolled back."""

    def __init__(self, number: int, error: psycopg.Error) -> None:
        super().__init__(f"statement {number} failed")
        self.number = number
        self.error = error


def send_transaction(connection: Connection, statements: Sequence[str]) -> list[int]:
    """Run the statements in one transaction. Returns the affected rows of each, -1 for those that affect none.

    Raises `StatementFailed`, or `psycopg.OperationalError` if the connection is lost.
    """
    whole = ["BEGIN", *statements, "COMMIT"]
    try:
        send = _send_pipeline if psycopg.Pipeline.is_supported() else _send_one_by_one
        results = send(connection, whole)
    except StatementFailed as failed:
        # BEGIN cannot fail; a deferred constraint may fail at COMMIT.
        raise StatementFailed(failed.number - 1, failed.error) from None
    finally:
        if not connection.closed:
            connection.rollback()
    return results[1:-1]


def _send_one_by_one(connection: Connection, statements: Sequence[str]) -> list[int]:
    """Send the statements without a pipeline, for an old libpq.

    `idle_in_transaction_session_timeout` limits how long a stopped process holds locks.
    """
    results = []
    for number, statement in enumerate(statements):
        try:
            results.append(connection.cursor().execute(statement.encode(), binary=True, prepare=False).rowcount)
        except psycopg.Error as error:
            raise StatementFailed(number, error) from None
    return results


def _send_pipeline(connection: Connection, statements: Sequence[str]) -> list[int]:
    pgconn, encoding = connection.pgconn, connection.info.encoding
    # The names are short, so that about 200 statements fit into 8 kB.
    names = [f"r{number}".encode() for number in range(len(statements))]
    prepared: list[bytes] = []

    def prepare() -> None:
        for name, statement in zip(names, statements, strict=True):
            pgconn.send_prepare(name, statement.encode())

    def execute() -> None:
        for name in names:
            pgconn.send_query_prepared(name, None)

    def deallocate() -> None:
        for name in prepared:
            pgconn.send_query_params(b"DEALLOCATE " + name, None)

    try:
        results = _exchange(connection, prepare)
        prepared += [name for name, one in zip(names, results, strict=True) if one.status in _OK]
        _raise_first(results, encoding)
        results = _exchange(connection, execute)
        _raise_first(results, encoding)
    finally:
        if prepared and not connection.closed:
            connection.rollback()
            with suppress(psycopg.Error):  # the error that ended the transaction matters more
                _exchange(connection, deallocate)
    return [-1 if one.command_tuples is None else one.command_tuples for one in results]


def _raise_first(results: Sequence[pq.abc.PGresult], encoding: str) -> None:
    for number, result in enumerate(results):
        if result.status not in _OK:
            raise StatementFailed(number, errors.error_from_result(result, encoding=encoding))


def _exchange(connection: Connection, send: Callable[[], None]) -> Sequence[pq.abc.PGresult]:
    """Send messages as one pipeline, and wait for all results."""
    pgconn = connection.pgconn
    with connection.lock:
        pgconn.enter_pipeline_mode()
        try:
            send()
            pgconn.pipeline_sync()
            return connection.wait(_results(pgconn))
        except KeyboardInterrupt:
            _settle(connection)
            raise
        finally:
            try:
                pgconn.exit_pipeline_mode()
            except psycopg.Error:  # interrupted while sending: the connection cannot be used after that
                pgconn.finish()


def _settle(connection: Connection) -> None:
    """Let the server end what it has received, after an interrupt between two instructions. The driver does so only
    after one that interrupts its waiting; without it, the connection could not be used again."""
    pgconn = connection.pgconn
    with suppress(psycopg.Error):
        if pgconn.transaction_status == pq.TransactionStatus.ACTIVE:
            pgconn.pipeline_sync()
            connection.cancel_safe(timeout=_CANCEL_S)
        while pgconn.transaction_status == pq.TransactionStatus.ACTIVE:
            connection.wait(_results(pgconn))


def _results(pgconn: pq.abc.PGconn) -> Generator[Wait, Ready | int, Sequence[pq.abc.PGresult]]:
    """Collect the results up to the end of the pipeline. libpq returns a null after those of each statement."""
    while pgconn.flush():
        if (yield Wait.RW) & Ready.R:
            pgconn.consume_input()
    found: list[pq.abc.PGresult] = []
    while True:
        while pgconn.is_busy():
            if (yield Wait.R):
                pgconn.consume_input()
        result = pgconn.get_result()
        if result is not None and result.status == pq.ExecStatus.PIPELINE_SYNC:
            return found
        if result is not None:
            found.append(result)
        elif pgconn.status != pq.ConnStatus.OK:
            if all(one.status in _OK for one in found):
                raise errors.OperationalError("the connection was lost")
            return found
