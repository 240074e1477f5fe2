"""Requests to the API of a forge: JSON over HTTPS, with time limits. No answer can lead to another host."""

from __future__ import annotations

import http.client
import json
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from reconciler.forge.comments import RequestFailed
from reconciler.model.clock import Clock

REQUEST_S: Final = 15.0
"""Time limit for one request, in seconds."""

_LARGEST: Final = 40_000_000
_CHUNK: Final = 1 << 16
_SIGN_IN: Final = 203
"""Azure DevOps answers with this status and its sign-in page if the token is not valid."""

_SECONDARY_LIMIT_S: Final = 60.0
"""How long GitHub asks to wait after its secondary rate limit, if it sends no Retry-After."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer of the API. `headers` has names in lower case."""

    status: int
    headers: Mapping[str, str]
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """An API below one address. `headers` holds the token. `rights` says what the token needs.

    From `ends_at` on, in seconds of the monotonic clock, no request is sent.
    """

    base: str
    headers: Mapping[str, str] = field(repr=False)
    rights: str
    clock: Clock
    ends_at: float

    def send(self, method: str, url: str, value: object = None, *, expected: tuple[int, ...] = ()) -> Answer:
        """Send one request to a path, or to a whole URL that the API gave.

        Raises `RequestFailed` unless the status is 2xx, or one of `expected`, whose answers have no value.
        """
        target = url if "://" in url else self.base + url
        if _origin(target) != _origin(self.base):
            raise RequestFailed("needs an API whose pages are on its own host")
        if self.clock.monotonic() > self.ends_at:
            raise RequestFailed(f"needs the API at {self.base} to answer faster")
        data = None if value is None else json.dumps(value).encode("ascii")
        request = urllib.request.Request(target, data=data, method=method, headers=dict(self.headers))
        request.add_header("Content-Type", "application/json")
        try:
            status, headers, content = self._exchange(request)
            if status in expected:
                return Answer(status=status, headers=headers, value=None)
            if not 200 <= status < 300 or status == _SIGN_IN:
                raise _failure(status, headers, content, self.rights, self.clock.now())
            return Answer(status=status, headers=headers, value=json.loads(content) if content else None)
        except (OSError, http.client.HTTPException) as error:
            raise RequestFailed(f"needs the API at {self.base}, which cannot be reached", again=True) from error
        except (ValueError, RecursionError) as error:
            raise RequestFailed(f"needs an API at {self.base} that answers with JSON") from error

    def _exchange(self, request: urllib.request.Request) -> tuple[int, Mapping[str, str], bytes]:
        handlers: list[urllib.request.BaseHandler] = [_EveryStatus()]
        if is_loopback(self.base):
            handlers.append(urllib.request.ProxyHandler({}))
        end = min(self.ends_at, self.clock.monotonic() + REQUEST_S)
        answer: http.client.HTTPResponse
        with urllib.request.build_opener(*handlers).open(request, timeout=REQUEST_S) as answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, headers, self._content(answer, end)

    def _content(self, answer: http.client.HTTPResponse, end: float) -> bytes:
        """Read an answer. The time limit is for all of it: a server could send it byte by byte."""
        content = bytearray()
        while chunk := answer.read1(_CHUNK):
            content += chunk
            if len(content) > _LARGEST or self.clock.monotonic() > end:
                raise TimeoutError
        return bytes(content)


class _EveryStatus(urllib.request.HTTPErrorProcessor):
    """Returns answers of every status, and follows no redirect: urllib would send the token along."""

    def http_response(self, request: urllib.request.Request, response: http.client.HTTPResponse) -> Any:  # noqa: ARG002
        """Return the answer as it is."""
        return response

    https_response = http_response


def usable_base(url: str) -> bool:
    """Whether a token may be sent to this address: HTTPS, or a loopback address, and no user or query in it."""
    try:
        parts = urlsplit(url)
        plain = parts.hostname and not parts.query and not parts.fragment and "@" not in parts.netloc
        return bool(plain) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(url)))
    except ValueError:
        return False


def is_loopback(url: str) -> bool:
    """Whether the host is this machine, by its address: a name could be resolved to another host."""
    try:
        return ip_address(urlsplit(url).hostname or "").is_loopback
    except ValueError:
        return False


def _origin(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url
    return parts.scheme, parts.netloc


def _failure(status: int, headers: Mapping[str, str], content: bytes, rights: str, now: datetime) -> RequestFailed:
    limited = headers.get("x-ratelimit-remaining") == "0" or "retry-after" in headers or b"rate limit" in content
    if status == 429 or (status == 403 and limited):
        after = _wait(headers, now)
        return RequestFailed(
            f"needs a rate limit that is not used up (wait {after:.0f} s)", again=True, after_s=after
        )
    if status >= 500:
        after_s = _wait(headers, now) if "retry-after" in headers else None
        return RequestFailed(f"needs the API, which answered {status}", again=True, after_s=after_s)
    if status in (_SIGN_IN, 401, 403, 404):
        return RequestFailed(f"needs {rights} (the API answered {status})")
    if 300 <= status < 400:
        return RequestFailed("needs the current address of the API and the repository: the API redirects elsewhere")
    return RequestFailed(f"needs an API that accepts the comment (it answered {status})")


def _wait(headers: Mapping[str, str], now: datetime) -> float:
    """Return the seconds until the server accepts requests again, by its headers."""
    asked = headers.get("retry-after", "")
    if asked.isdecimal():
        return float(asked[:9])
    reset = headers.get("x-ratelimit-reset", headers.get("ratelimit-reset", ""))
    try:
        if asked:
            return max(1.0, (parsedate_to_datetime(asked) - now).total_seconds())
        return max(1.0, float(reset[:12]) - now.timestamp()) if reset.isdecimal() else _SECONDARY_LIMIT_S
    except (ValueError, TypeError):
        return _SECONDARY_LIMIT_S
