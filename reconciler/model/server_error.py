"""An error of the server as a value that may be written anywhere."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.private import Private


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerError:
    """An error of the server. `postgres.server_error` makes it from an error of the driver.

    `sqlstate` has five characters, or none if the connection was lost; `condition` is PostgreSQL's name for it,
    such as `unique_violation`. `text` says what happened in words that contain no value of a row. `words` is the
    server's own message, with detail and hint, unless the text says the same. `in_function`: a function, or code
    that it calls, raised the error. `row_security`: a policy hides rows from the role. `interrupted`: the server
    ended the statement because of a time limit or a cancel request; a function can raise the same SQLSTATE.
    """

    sqlstate: str
    condition: str
    text: str
    words: Private
    in_function: bool = False
    row_security: bool = False
    interrupted: bool = False

    def __str__(self) -> str:
        return f"{self.text} (SQLSTATE {self.sqlstate})" if self.sqlstate else self.text
