"""Local servers that answer like the comment APIs of GitHub and GitLab: paging, limits, rights and errors.

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
from urllib.parse import parse_qs, urlsplit

from reconciler.model.clock import Clock

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
    """The comments of one pull request: id, then author and body. `page_size` is the most that the server sends."""

    me: str
    gitlab: bool = False
    page_size: int = 25
    can_write: bool = True
    comments: dict[int, tuple[str, str]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    packages: dict[str, bytes] = field(default_factory=dict)
    """Files of GitLab's package registry by their path, for the token of a job."""
    job_token: str = ""
    posts: threading.Barrier | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, author: str, body: str) -> int:
        id = max(self.comments, default=0) + 1
        self.comments[id] = (author, body)
        return id

    def rows(self) -> list[dict[str, object]]:
        return [self.row(id) for id in sorted(self.comments)]

    def row(self, id: int) -> dict[str, object]:
        author, body = self.comments[id]
        if self.gitlab:
            return {"id": id, "body": body, "author": {"username": author}, "system": author == "system"}
        return {"id": id, "body": body, "user": {"login": author, "type": "Bot"}}


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
        sent = self.headers.get("PRIVATE-TOKEN") if forge.gitlab else self.headers.get("Authorization")
        if sent != (TOKEN if forge.gitlab else f"Bearer {TOKEN}"):
            return 401, {}, b"{}"
        if path == "/user":
            return 200, {}, json.dumps({"username": forge.me}).encode()
        on = "issues" if "/issues/" in path else "merge_requests"
        every = f"/projects/7/{on}/3/notes" if forge.gitlab else "/repos/o/shop/issues/3/comments"
        each = every if forge.gitlab else "/repos/o/shop/issues/comments"
        if path == every and self.command == "GET":
            return self._page(path)
        if not forge.can_write:
            return 403, {}, b'{"message": "Resource not accessible by integration"}'
        if path == every and self.command == "POST":
            return self._write(content, None)
        found = re.fullmatch(rf"{each}/([0-9]+)", path)
        if found is None or int(found[1]) not in forge.comments:
            return 404, {}, b"{}"
        if forge.comments[int(found[1])][0] != forge.me:
            return 403, {}, b"{}"
        if self.command == "DELETE":
            del forge.comments[int(found[1])]
            return 204, {}, b""
        if self.command != ("PUT" if forge.gitlab else "PATCH"):
            return 405, {}, b"{}"
        return self._write(content, int(found[1]))

    def _package(self, path: str, content: bytes) -> tuple[int, dict[str, str], bytes]:
        if self.command == "PUT":
            self.forge.packages[path] = content
            return 201, {}, b"{}"
        return (200, {}, self.forge.packages[path]) if path in self.forge.packages else (404, {}, b"{}")

    def _write(self, content: bytes, id: int | None) -> tuple[int, dict[str, str], bytes]:
        body = json.loads(content)["body"]
        if len(body) > (1_000_000 if self.forge.gitlab else 65_536):
            return 422, {}, b'{"message": "Validation Failed"}'
        body = body.strip().replace("\n", "\r\n")
        if id is None:
            id = self.forge.add(self.forge.me, body)
        self.forge.comments[id] = (self.forge.me, body)
        return 201, {}, json.dumps(self.forge.row(id)).encode()

    def _page(self, path: str) -> tuple[int, dict[str, str], bytes]:
        query = parse_qs(urlsplit(self.path).query)
        size = min(int(query.get("per_page", ["30"])[0]), 100, self.forge.page_size)
        page = int(query.get("page", ["1"])[0])
        rows = self.forge.rows()
        more = page * size < len(rows)
        headers = {}
        if self.forge.gitlab:
            headers["X-Next-Page"] = str(page + 1) if more else ""
        elif more:
            base = f"http://{self.headers['Host']}{path}?per_page={size}&page="
            headers["Link"] = f'<{base}1>; rel="first", <{base}{page + 1}>; rel="next"'
        return 200, headers, json.dumps(rows[(page - 1) * size : page * size]).encode()


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
