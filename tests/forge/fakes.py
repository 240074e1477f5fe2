"""Local servers that answer like the comment APIs of the forges: paging, limits, rights and errors.

They store bodies with other line ends and without spaces at the end, which the tool must not mind.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from reconciler.forge.marker import Marker
from reconciler.model.clock import Clock
from tests.forge.dialects import DIALECTS, Dialect

TOKEN = "ghs_Canary0123456789"


@dataclass
class Pauses:
    """A clock that does not wait, and keeps the pauses that were asked for."""

    slept: list[float] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        now = datetime(2026, 1, 1, tzinfo=UTC)
        return Clock(
            monotonic=lambda: sum(self.slept),
            now=lambda: now,
            sleep=self.slept.append,
            chance=lambda: 0.5,
            new_id=lambda: "id",
        )


@dataclass
class Failure:
    """An answer that the fake gives once, to the next request of this method."""

    method: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b"{}"
    after: bool = False
    """Whether the request takes effect before it fails, as behind a gateway that gives up."""


@dataclass
class Forge:
    """The comments of one pull request: id, then author and body. `page_size` is the most that the server sends.

    `kind` is the forge whose API this is. `me` is the token's account.
    """

    kind: str = "github"
    me: str = ""
    page_size: int = 25
    can_write: bool = True
    can_ask: bool = True
    """Whether the token has the right to ask for its account."""
    comments: dict[int, tuple[str, str]] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    packages: dict[str, bytes] = field(default_factory=dict)
    """Files of GitLab's package registry by their path, for the token of a job."""
    job_token: str = ""
    posts: threading.Barrier | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.me = self.me or self.dialect.me

    @property
    def dialect(self) -> Dialect:
        return DIALECTS[self.kind]

    def mark(self, run: int, file: str = "schema.yaml") -> str:
        """Our marker of this run, with what is between it and the text."""
        marker = Marker(file=file, environment="production", commit="c0ffee", run=(run, 1))
        return self.dialect.marker(marker) + self.dialect.gap

    def add(self, author: str, body: str) -> int:
        id = max([*self.comments, *self.deleted], default=0) + 1
        self.comments[id] = (author, body)
        return id

    def rows(self) -> list[dict[str, object]]:
        kept = self.deleted if self.dialect.keeps_deleted else set()
        return [self.row(id) for id in sorted({*self.comments, *kept})]

    def row(self, id: int) -> dict[str, object]:
        author, body = self.comments.get(id, (self.me, None))
        return self.dialect.row(id, author, body)


class _Handler(BaseHTTPRequestHandler):
    forge: Forge
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Print nothing."""

    def _serve(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        forge = self.forge
        if self.command == "POST" and forge.posts is not None:
            forge.posts.wait(10)
        with forge.lock:
            forge.requests.append(f"{self.command} {self.path}")
            failure = next((one for one in forge.failures if one.method == self.command), None)
            if failure is not None:
                forge.failures.remove(failure)
            if failure is None or failure.after:
                answer = self._answer(content)
            if failure is not None:
                answer = failure.status, failure.headers, failure.content
        status, headers, body = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _serve  # noqa: N815

    def _answer(self, content: bytes) -> tuple[int, dict[str, str], bytes]:
        forge, path = self.forge, urlsplit(self.path).path
        if path.startswith("/projects/7/packages/generic/") and self.headers.get("JOB-TOKEN") == forge.job_token:
            return self._package(path, content)
        api = forge.dialect
        if self.headers.get(api.header) != api.token.format(TOKEN):
            return 401, {}, b"{}"
        if path == api.whoami:
            return (200, {}, json.dumps(api.user(forge.me)).encode()) if forge.can_ask else (403, {}, b"{}")
        listed = re.fullmatch(api.every, path)
        if listed and self.command == "GET":
            headers, page = api.page(f"http://{self.headers['Host']}{self.path}", forge.rows(), forge.page_size)
            return 200, headers, json.dumps(page).encode()
        if not forge.can_write:
            return 403, {}, b'{"message": "Resource not accessible by integration"}'
        if listed and self.command == "POST":
            return self._write(content, None)
        found = re.fullmatch(api.each, path)
        if found is None or int(found[1]) not in forge.comments:
            return 404, {}, b"{}"
        if forge.comments[int(found[1])][0] != forge.me:
            return 403, {}, b"{}"
        if self.command == "DELETE":
            del forge.comments[int(found[1])]
            forge.deleted.add(int(found[1]))
            return 204, {}, b""
        if self.command != api.update:
            return 405, {}, b"{}"
        return self._write(content, int(found[1]))

    def _package(self, path: str, content: bytes) -> tuple[int, dict[str, str], bytes]:
        if self.command == "PUT":
            self.forge.packages[path] = content
            return 201, {}, b"{}"
        return (200, {}, self.forge.packages[path]) if path in self.forge.packages else (404, {}, b"{}")

    def _write(self, content: bytes, id: int | None) -> tuple[int, dict[str, str], bytes]:
        body = self.forge.dialect.body(json.loads(content))
        if len(body) > self.forge.dialect.limit:
            return 422, {}, b'{"message": "Validation Failed"}'
        body = body.strip().replace("\n", "\r\n")
        if id is None:
            id = self.forge.add(self.forge.me, body)
        self.forge.comments[id] = (self.forge.me, body)
        return 201, {}, json.dumps(self.forge.row(id)).encode()


@contextmanager
def serving(forge: Forge) -> Iterator[str]:
    """Serve a forge on a port of its own, and return the address of its API."""
    handler = type("Handler", (_Handler,), {"forge": forge})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
