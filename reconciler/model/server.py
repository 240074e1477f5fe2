"""What planning knows about the server and the session's role without asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reconciler.model.plan import ServerInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The properties of a session's server and role. `writable`: not a standby, and transactions are not read-only.

    `reads_statistics`: the role sees what all sessions and standbys do. `started` is the time when the server was
    started, in seconds since 1970, as text. `now` is the server's time when the session began.
    """

    info: ServerInfo
    major: int
    pid: int
    started: str
    now: datetime
    superuser: bool
    writable: bool
    may_create_temp: bool
    may_create_schema: bool
    default_tablespace: str
    reads_statistics: bool = True

    @property
    def identity(self) -> tuple[object, ...]:
        """Return what another session must find to work on the same database of the same running server.

        A promoted standby has the system identifier of the old primary, but was started at another time.
        """
        return self.info.system_identifier, self.started, self.info.database_oid
