"""What planning knows of the server and of the role of a session, without asking."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.plan import ServerInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """What a session found about its server and role. `writable`: not a standby, and transactions are not read-only.

    `started` is when the server was started, in seconds since 1970, as text.
    """

    info: ServerInfo
    major: int
    pid: int
    started: str
    superuser: bool
    writable: bool
    may_create_temp: bool
    may_create_schema: bool
    default_tablespace: str

    @property
    def identity(self) -> tuple[object, ...]:
        """What another session must find if it is to work on the same database of the same running server.

        A standby that was promoted has the system identifier of the old primary; it was started at another time.
        """
        return self.info.system_identifier, self.started, self.info.database_oid
