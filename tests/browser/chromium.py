"""The system's Chromium, driven by Playwright, and a web server for one page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests import programs


@contextmanager
def browser() -> Iterator[Any]:
    """Start the browser. Its sandbox needs rights that root and containers do not have."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=programs.chromium(), args=["--no-sandbox"])
        try:
            yield started
        finally:
            started.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A web server with one page. `asked` are the paths that the browser asked it for."""

    url: str
    asked: list[str] = field(default_factory=list)


@contextmanager
def site(text: str) -> Iterator[Site]:
    """Serve one page under each path."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: Any) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(url=f"http://127.0.0.1:{server.server_port}/report.html", asked=asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
