"""One comment of ours on a pull request, against local servers with the paging, limits and errors of each forge."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from reconciler.forge.comments import NoComment, Posted
from reconciler.forge.http import _EveryStatus, usable_base
from reconciler.forge.posting import find_pull_request, post_comment
from reconciler.forge.pull_request import ISSUES
from tests.forge.dialects import DIALECTS
from tests.forge.fakes import TOKEN, Failure, Forge, Pauses, serving

Environ = dict[str, str]


def stored(forge: Forge, run: int) -> str:
    """Our comment of this run, as the fakes store it."""
    return f"{forge.mark(run)}*For commit c0ffee.*\n\nnew".replace("\n", "\r\n")


@pytest.fixture(params=DIALECTS)
def forge(request: pytest.FixtureRequest) -> Forge:
    return Forge(kind=request.param)


@pytest.fixture
def environ(forge: Forge, tmp_path: Path) -> Iterator[Environ]:
    """The variables of run 20."""
    event = {"pull_request": {"number": 3, "head": {"sha": "c0ffee"}}}
    (tmp_path / "event.json").write_text(json.dumps(event))
    with serving(forge) as base:
        yield {
            "github": {
                "GITHUB_ACTIONS": "true",
                "GITHUB_API_URL": base,
                "GITHUB_EVENT_NAME": "pull_request",
                "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
                "GITHUB_REPOSITORY": "o/shop",
                "GITHUB_RUN_ID": "20",
                "GITHUB_RUN_ATTEMPT": "1",
                "GITHUB_TOKEN": TOKEN,
            },
            "gitlab": {
                "GITLAB_CI": "true",
                "CI_API_V4_URL": base,
                "CI_MERGE_REQUEST_PROJECT_ID": "7",
                "CI_MERGE_REQUEST_IID": "3",
                "CI_COMMIT_SHA": "c0ffee",
                "CI_PIPELINE_ID": "20",
                "CI_JOB_ID": "1",
                "CI_JOB_TOKEN": "job",
                "GITLAB_TOKEN": TOKEN,
            },
            "bitbucket": {
                "BITBUCKET_API_URL": base,
                "BITBUCKET_BUILD_NUMBER": "20",
                "BITBUCKET_STEP_RUN_NUMBER": "1",
                "BITBUCKET_PR_ID": "3",
                "BITBUCKET_REPO_FULL_NAME": "o/shop",
                "BITBUCKET_COMMIT": "c0ffee",
                "BITBUCKET_ACCESS_TOKEN": TOKEN,
            },
            "azure": {
                "TF_BUILD": "True",
                "SYSTEM_COLLECTIONURI": f"{base}/",
                "SYSTEM_TEAMPROJECTID": "p-1",
                "BUILD_REPOSITORY_PROVIDER": "TfsGit",
                "BUILD_REPOSITORY_ID": "r-1",
                "SYSTEM_PULLREQUEST_PULLREQUESTID": "3",
                "SYSTEM_PULLREQUEST_SOURCECOMMITID": "c0ffee",
                "BUILD_BUILDID": "20",
                "SYSTEM_JOBATTEMPT": "1",
                "SYSTEM_ACCESSTOKEN": TOKEN,
            },
        }[forge.kind]


def post(
    environ: Environ, pauses: Pauses | None = None, *, body: str = "new", author: str | None = None, **changed: str
) -> Posted | NoComment:
    return post_comment(
        body,
        file="schema.yaml",
        environment="production",
        author=author,
        environ={**environ, **changed},
        clock=(pauses or Pauses()).clock,
    )


RUNS = {
    "github": "GITHUB_RUN_ID",
    "gitlab": "CI_PIPELINE_ID",
    "bitbucket": "BITBUCKET_BUILD_NUMBER",
    "azure": "BUILD_BUILDID",
}
BASES = {
    "github": "GITHUB_API_URL",
    "gitlab": "CI_API_V4_URL",
    "bitbucket": "BITBUCKET_API_URL",
    "azure": "SYSTEM_COLLECTIONURI",
}
RIGHTS = {
    "github": "`permissions: pull-requests: write`",
    "gitlab": "the scope `api`",
    "bitbucket": "the scope `pullrequest:write`",
    "azure": "*Contribute to pull requests*",
}


def test_two_runs_at_once_leave_one_comment_among_150(forge: Forge, environ: Environ) -> None:
    for n in range(150):
        forge.add("somebody", f"{forge.mark(99)}mine {n}" if n % 2 else "plain")
    foreign = dict(forge.comments)
    forge.posts = threading.Barrier(2)
    found: dict[int, Posted | NoComment] = {}

    def at_once(run: int) -> None:
        found[run] = post(environ, **{RUNS[forge.kind]: str(run)})

    threads = [threading.Thread(target=at_once, args=(run,)) for run in (20, 21)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert forge.comments == {**foreign, 151: (forge.me, stored(forge, 21))}
    assert found[21] == Posted(id=151)
    reads = [one for one in forge.requests if one.startswith("GET") and forge.dialect.whoami not in one]
    assert len(reads) >= 2 * (2 * forge.dialect.pages)


@pytest.mark.parametrize("forge", ["github", "gitlab"], indirect=True)
def test_a_comment_on_an_issue_needs_no_pull_request(forge: Forge, environ: Environ) -> None:
    given = {"GITHUB_EVENT_NAME": "schedule", "CI_MERGE_REQUEST_IID": "", "CI_PROJECT_ID": "7"}
    forge.add(forge.me, f"{forge.mark(1)}of yesterday")

    def on_issue(body: str) -> Posted | NoComment:
        return post_comment(
            body,
            file="schema.yaml",
            environment="production",
            author=None,
            environ={**environ, **given},
            clock=Pauses().clock,
            issue=3,
        )

    assert on_issue("differs") == on_issue("in sync") == Posted(id=1)
    ((author, text),) = forge.comments.values()
    assert (author, text.endswith("in sync")) == (forge.me, True)
    assert all("merge_requests" not in one for one in forge.requests)
    assert find_pull_request({}, Pauses().clock, 3) == ISSUES
    forge.can_write = False
    assert ("issues: write" in str(on_issue("differs"))) == (forge.kind == "github")


def test_only_comments_with_our_marker_and_author_are_touched(forge: Forge, environ: Environ) -> None:
    forge.add("somebody", f"{forge.mark(1)}a foreign comment with our marker")
    forge.add(forge.me, "ours without a marker")
    forge.add(forge.me, f"> quoted\n{forge.mark(1)}")
    forge.add(forge.me, f"{forge.mark(1, 'other.yaml')}another file")
    if forge.kind == "gitlab":
        forge.add("system", f"{forge.mark(1)}changed the title")
    before = dict(forge.comments)
    old, second = forge.add(forge.me, f"{forge.mark(19)}old"), forge.add(forge.me, f"{forge.mark(18)}duplicate")
    assert post(environ) == Posted(id=old)
    assert forge.comments == {**before, old: (forge.me, stored(forge, 20))}
    assert second not in forge.comments


def test_an_older_run_changes_nothing(forge: Forge, environ: Environ) -> None:
    forge.add(forge.me, f"{forge.mark(21)}newer")
    before = dict(forge.comments)
    assert str(post(environ)) == "no comment: run 21 is newer, and its comment stays"
    assert forge.comments == before


def test_long_and_odd_bodies_are_accepted(forge: Forge, environ: Environ) -> None:
    assert isinstance(post(environ, body="ä\udcff €😀\n" * 200_000), Posted)
    ((_, body),) = forge.comments.values()
    most = 75_000 if forge.kind == "azure" else forge.dialect.limit
    assert most - 200 < len(body.replace("\r\n", "\n")) <= most


@pytest.mark.parametrize(
    ("failure", "slept"),
    [
        (Failure("GET", 502), [2.0]),
        (Failure("POST", 503, after=True), [2.0]),
        (Failure("POST", 429, {"Retry-After": "7"}), [7.0]),
        (Failure("POST", 403, {"Retry-After": "0"}), [0.0]),
        (Failure("POST", 403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1767225630"}), [30.0]),
        (Failure("POST", 403, content=b'{"message": "You have exceeded a secondary rate limit"}'), [60.0]),
        (Failure("GET", 503, {"Retry-After": "Thu, 01 Jan 2026 00:00:09 GMT"}), [9.0]),
    ],
    ids=["502", "503-after-it-wrote", "429", "403-limit", "reset", "secondary", "date"],
)
def test_failures_that_pass_are_retried(
    forge: Forge, environ: Environ, failure: Failure, slept: list[float]
) -> None:
    forge.failures.append(failure)
    pauses = Pauses()
    assert post(environ, pauses) == Posted(id=1)
    assert pauses.slept == slept
    assert list(forge.comments.values()) == [(forge.me, stored(forge, 20))]


@pytest.mark.parametrize(
    ("failures", "said"),
    [
        ([Failure("GET", 502)] * 4, "no comment: needs the API, which answered 502"),
        (
            [Failure("POST", 429, {"Retry-After": "3600"})],
            "no comment: needs a rate limit that is not used up (wait 3600 s)",
        ),
        ([Failure("GET", 200, content=b"<html>")], "that answers with JSON"),
        ([Failure("GET", 200, content=b'{"id": 1}')], "no comment: needs an API that"),
        ([Failure("GET", 200, content=b"[" * 100_000)], "that answers with JSON"),
        ([Failure("GET", 302, {"Location": "http://127.0.0.2/"})], "the API redirects elsewhere"),
        ([Failure("GET", 404)], "(the API answered 404)"),
        ([Failure("POST", 422)], "no comment: needs an API that accepts the comment (it answered 422)"),
    ],
    ids=["5xx", "long-limit", "html", "no-list", "deep", "redirect", "404", "422"],
)
def test_other_failures_are_values(forge: Forge, environ: Environ, failures: list[Failure], said: str) -> None:
    forge.failures.extend(failures)
    pauses = Pauses()
    found = post(environ, pauses)
    assert isinstance(found, NoComment)
    assert said in str(found)
    assert forge.comments == {}
    assert sum(pauses.slept) <= 90
    assert TOKEN not in str(found)


def test_a_failure_after_posting_is_reported(forge: Forge, environ: Environ) -> None:
    forge.add(forge.me, f"{forge.mark(19)}old")
    forge.add(forge.me, f"{forge.mark(18)}duplicate")
    forge.failures.extend([Failure("DELETE", 403)])
    assert str(post(environ)).endswith("; one was posted, but could not be checked for duplicates")
    assert forge.comments[1] == (forge.me, stored(forge, 20))


def test_a_token_that_only_reads_says_which_right_is_missing(forge: Forge, environ: Environ) -> None:
    forge.can_write = False
    assert RIGHTS[forge.kind] in str(post(environ))
    assert "(the API answered 403)" in str(post(environ))


def test_an_unreachable_api_is_a_value(forge: Forge, environ: Environ) -> None:
    with serving(Forge()) as gone:
        pass
    pauses = Pauses()
    assert (
        str(post(environ, pauses, **{BASES[forge.kind]: gone}))
        == f"no comment: needs the API at {gone}, which cannot be reached"
    )
    assert pauses.slept == [2.0, 4.0, 8.0]


def test_another_author_is_named_and_leaves_no_comment(forge: Forge, environ: Environ) -> None:
    said = f"no comment: needs --comment-author {forge.me!r}, the name that the token writes as"
    assert str(post(environ, author="my-bot")) == said
    assert forge.comments == {}
    assert isinstance(post(environ, author=forge.me.upper()), Posted)


@pytest.mark.parametrize("forge", ["bitbucket"], indirect=True)
def test_a_token_that_may_not_ask_for_its_account_names_it(forge: Forge, environ: Environ) -> None:
    forge.can_ask = False
    forge.comments[1] = ("", f"{forge.mark(1)}of a deleted account")
    before = dict(forge.comments)
    assert (
        str(post(environ)) == f"no comment: needs --comment-author {forge.me!r}, the name that the token writes as"
    )
    assert forge.comments == before
    assert post(environ, author=forge.me) == Posted(id=3)


@pytest.mark.parametrize("forge", ["azure"], indirect=True)
def test_the_sign_in_page_for_an_invalid_token(forge: Forge, environ: Environ) -> None:
    forge.failures.append(Failure("GET", 203, content=b"<html>"))
    assert str(post(environ)).endswith("(the API answered 203)")


@pytest.mark.parametrize("forge", ["github"], indirect=True)
def test_a_next_page_on_another_host_gets_no_token(forge: Forge, environ: Environ) -> None:
    other = Forge()
    with serving(other) as base:
        link = {"Link": f'<{base}/repos/o/shop/issues/3/comments?page=2>; rel="next"'}
        forge.failures.append(Failure("GET", 200, link, content=b"[]"))
        assert str(post(environ)) == "no comment: needs an API whose pages are on its own host"
    assert other.requests == []


NOTHING_SENT = [
    ("github", {"GITHUB_EVENT_NAME": "merge_group"}, "needs a pull request; pushes and merge queues"),
    ("github", {"GITHUB_EVENT_NAME": "push"}, "needs a pull request; pushes and merge queues"),
    ("github", {"GITHUB_TOKEN": ""}, "needs GITHUB_TOKEN; jobs for pull requests from forks have no secrets"),
    ("github", {"GITHUB_TOKEN": "a\nb"}, "needs a token without spaces"),
    ("github", {"GITHUB_EVENT_PATH": "/nonexistent"}, "the pull request's number"),
    ("github", {"GITHUB_REPOSITORY": "o/shop/../.."}, "needs GITHUB_REPOSITORY"),
    ("github", {"GITHUB_API_URL": "http://api.example.com"}, "needs an https address in GITHUB_API_URL"),
    (
        "github",
        {"GITHUB_ACTIONS": ""},
        "needs a job of GitHub Actions, GitLab CI, Bitbucket Pipelines or Azure Pipelines",
    ),
    ("gitlab", {"GITLAB_TOKEN": ""}, "the job token (CI_JOB_TOKEN) cannot write comments"),
    ("gitlab", {"GITLAB_TOKEN": "", "CI_JOB_TOKEN": ""}, "needs GITLAB_TOKEN; jobs for pull requests from forks"),
    ("gitlab", {"CI_MERGE_REQUEST_IID": ""}, "needs a merge request pipeline"),
    ("gitlab", {"CI_API_V4_URL": ""}, "needs an https address in CI_API_V4_URL"),
    (
        "bitbucket",
        {"BITBUCKET_ACCESS_TOKEN": ""},
        "needs BITBUCKET_ACCESS_TOKEN; jobs for pull requests from forks",
    ),
    ("bitbucket", {"BITBUCKET_PR_ID": ""}, "needs a pipeline for pull requests"),
    ("bitbucket", {"BITBUCKET_REPO_FULL_NAME": "o/shop/x"}, "needs a pipeline for pull requests"),
    ("azure", {"SYSTEM_ACCESSTOKEN": ""}, "needs `SYSTEM_ACCESSTOKEN: $(System.AccessToken)` in the `env`"),
    ("azure", {"SYSTEM_PULLREQUEST_PULLREQUESTID": ""}, "needs a build for a pull request"),
    ("azure", {"BUILD_REPOSITORY_PROVIDER": "GitHub"}, "needs a repository of Azure Repos"),
    ("azure", {"BUILD_REPOSITORY_ID": "../r"}, "needs a build for a pull request"),
    (
        "azure",
        {"SYSTEM_COLLECTIONURI": "http://tfs.example.com/"},
        "needs an https address in SYSTEM_COLLECTIONURI",
    ),
]


@pytest.mark.parametrize(("forge", "changed", "said"), NOTHING_SENT, indirect=["forge"])
def test_without_what_it_needs_no_request_is_sent(
    forge: Forge, environ: Environ, changed: Environ, said: str
) -> None:
    found = post(environ, **changed)
    assert isinstance(found, NoComment)
    assert said in str(found)
    assert forge.requests == []


@pytest.mark.parametrize(
    ("url", "usable"),
    [
        ("https://api.github.com", True),
        ("https://git.example.com/api/v4", True),
        ("http://127.0.0.1:8080", True),
        ("http://[::1]:8080", True),
        ("http://localhost", False),
        ("http://api.github.com", False),
        ("https://user:secret@git.example.com", False),
        ("https://git.example.com/?a=b", False),
        ("file:///etc/passwd", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_tokens_are_sent_over_https_or_to_this_machine(url: str, usable: bool) -> None:
    assert usable_base(url) is usable


def test_no_redirect_is_followed_on_either_scheme() -> None:
    responses = urllib.request.build_opener(_EveryStatus()).process_response  # type: ignore[attr-defined]
    assert {scheme: [type(one) for one in responses[scheme]][-1:] for scheme in ("http", "https")} == {
        "http": [_EveryStatus],
        "https": [_EveryStatus],
    }
    assert not any(
        isinstance(one, urllib.request.HTTPErrorProcessor) and type(one) is not _EveryStatus
        for scheme in ("http", "https")
        for one in responses[scheme]
    )
