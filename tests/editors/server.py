"""A client of the YAML language server, which the YAML extensions of editors run: LSP over its standard streams."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any, Final

from tests.programs import LANGUAGE_SERVER

TIMEOUT_S: Final = 60.0

_SETTINGS: Final = {
    "yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}},
    "http": {"proxy": "http://127.0.0.1:9", "proxyStrictSSL": True},
}
"""No schema may come from the network: the proxy answers nothing."""


class LanguageServer:
    """A running server. Each request waits for its answer."""

    def __init__(self, process: subprocess.Popen[bytes], root: Path) -> None:
        self._process = process
        self._answers: Queue[Any] = Queue()
        self._problems: Queue[Any] = Queue()
        self._number = 0
        threading.Thread(target=self._read, daemon=True).start()
        self._request("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": _CAPABILITIES})
        self._notify("initialized", {})
        self._notify("workspace/didChangeConfiguration", {"settings": _SETTINGS})

    def open(self, file: Path) -> list[tuple[int, int, str]]:
        """Open a file. Return the line and the column, both from 1, and the message of each problem."""
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": file.read_text("utf-8")}
        self._notify("textDocument/didOpen", {"textDocument": document})
        while True:
            found = self._problems.get(timeout=TIMEOUT_S)
            if found["uri"] == file.as_uri():
                starts = [(one["range"]["start"], one["message"]) for one in found["diagnostics"]]
                return [(start["line"] + 1, start["character"] + 1, message) for start, message in starts]

    def completions(self, file: Path, line: int, column: int) -> dict[str, str]:
        """Return the words that complete the text before a place, counted from 0, with their documentation."""
        answer = self._request("textDocument/completion", _at(file, line, column))
        return {one["label"]: _text(one.get("documentation")) for one in answer["items"]}

    def hover(self, file: Path, line: int, column: int) -> str:
        answer = self._request("textDocument/hover", _at(file, line, column))
        return _text(answer["contents"]) if answer else ""

    def _request(self, method: str, params: Any) -> Any:
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        answer = self._answers.get(timeout=TIMEOUT_S)
        assert answer["id"] == self._number, answer
        assert "error" not in answer, answer
        return answer["result"]

    def _notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Any) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._process.stdin.flush()

    def _read(self) -> None:
        """Sort what the server sends into answers and problems, and answer its own questions."""
        for message in _messages(self._process):
            if message.get("method") == "textDocument/publishDiagnostics":
                self._problems.put(message["params"])
            elif message.get("method") == "workspace/configuration":
                sections = [item.get("section", "") for item in message["params"]["items"]]
                self._send({"id": message["id"], "result": [_SETTINGS.get(section) for section in sections]})
            elif "method" in message and "id" in message:
                self._send({"id": message["id"], "result": None})
            elif "id" in message:
                self._answers.put(message)


_CAPABILITIES: Final = {
    "textDocument": {
        "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": True},
}


def _messages(process: subprocess.Popen[bytes]) -> Iterator[Any]:
    assert process.stdout is not None
    length = 0
    while line := process.stdout.readline():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        elif line == b"\r\n":
            yield json.loads(process.stdout.read(length))


def _at(file: Path, line: int, column: int) -> Any:
    return {"textDocument": {"uri": file.as_uri()}, "position": {"line": line, "character": column}}


def _text(markup: Any) -> str:
    return markup["value"] if isinstance(markup, dict) else markup or ""


@contextmanager
def language_server(root: Path) -> Iterator[LanguageServer]:
    """Start a server for the files in a folder, and end it."""
    command = ["node", str(LANGUAGE_SERVER), "--stdio"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root)
    try:
        yield LanguageServer(process, root)
    finally:
        process.kill()
        process.communicate(timeout=TIMEOUT_S)
