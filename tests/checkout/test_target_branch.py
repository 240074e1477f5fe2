"""On a pull request, the platform's files are those of the target branch, whatever the pull request's branch holds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reconciler.checkout.files import read_platform_file
from reconciler.checkout.pull_request import TargetBranch, target_branch
from reconciler.environments import find_environment
from reconciler.model.errors import InvalidFile, ReconcileError

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

STRICT = b"version: 1\nrules: {foreign-key-index: error}\n"
LAX = b"version: 1\nrules: {}\n"
CONFIG = b'[environments.production]\npolicy = "policy.yaml"\n'
MAIN = TargetBranch(name="main")


def git(folder: Path, *arguments: str) -> str:
    settings = {
        "user.name": "t",
        "user.email": "t@example.com",
        "init.defaultBranch": "main",
        "commit.gpgsign": "false",
    }
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    done = subprocess.run(
        ["git", *words, "-C", str(folder), *arguments], check=True, capture_output=True, text=True, timeout=60
    )
    return done.stdout


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "c", "--allow-empty")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with a branch of a pull request checked out, as CI systems make it. The working folder is in it."""
    upstream = tmp_path / "upstream" / "owner" / "shop"
    upstream.mkdir(parents=True)
    git(upstream, "init", "-q")
    (upstream / "policy.yaml").write_bytes(STRICT)
    (upstream / "reconcile.toml").write_bytes(CONFIG)
    (upstream / "db").mkdir()
    (upstream / "db" / "policy.yaml").write_bytes(STRICT)
    commit(upstream)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(upstream), str(clone))
    git(clone, "checkout", "-q", "-b", "change")
    monkeypatch.chdir(clone)
    for name in list(os.environ):
        if name.startswith(("GIT_", "GITHUB_", "CI_")):
            monkeypatch.delenv(name)
    return clone


def test_an_unchanged_file_is_read(checkout: Path) -> None:
    assert checkout.exists()
    found = read_platform_file("policy.yaml", MAIN)
    assert (found.data, found.changed) == (STRICT, False)
    assert read_platform_file("policy.yaml", None).data == STRICT


def lax_file(clone: Path) -> None:
    (clone / "policy.yaml").write_bytes(LAX)


def removed_file(clone: Path) -> None:
    (clone / "policy.yaml").unlink()


def link_to_another_file(clone: Path) -> None:
    lax_file(clone)
    (clone / "policy.yaml").rename(clone / "mine.yaml")
    (clone / "policy.yaml").symlink_to("mine.yaml")


def filters_and_textconv(clone: Path) -> None:
    lax_file(clone)
    (clone / ".gitattributes").write_text("*.yaml filter=evil diff=evil text eol=crlf ident\n")
    git(clone, "config", "filter.evil.smudge", "echo 'version: 1' #")
    git(clone, "config", "diff.evil.textconv", "echo 'version: 1' #")


def branches_and_tags_of_the_same_name(clone: Path) -> None:
    lax_file(clone)
    commit(clone)
    for name in ("main", "origin/main", "refs/remotes/origin/main", "remotes/origin/main"):
        git(clone, "tag", name)
        git(clone, "update-ref", f"refs/heads/{name}", "HEAD")


def replaced_objects(clone: Path) -> None:
    old = git(clone, "rev-parse", "HEAD:policy.yaml").strip()
    lax_file(clone)
    commit(clone)
    git(clone, "replace", old, git(clone, "rev-parse", "HEAD:policy.yaml").strip())


@pytest.mark.parametrize(
    "attack",
    [
        lax_file,
        removed_file,
        link_to_another_file,
        filters_and_textconv,
        branches_and_tags_of_the_same_name,
        replaced_objects,
    ],
)
def test_what_the_pull_request_does_has_no_effect(checkout: Path, attack: Callable[[Path], None]) -> None:
    attack(checkout)
    commit(checkout)
    found = find_environment("production", environ={"GITHUB_BASE_REF": "main"})
    assert found.policy is not None
    assert list(found.policy.rules) == ["foreign-key-index"]
    assert [place.file for place in found.policy.ignored_changes] == ["policy.yaml"]


def test_a_changed_configuration_has_no_effect(checkout: Path) -> None:
    (checkout / "mine.yaml").write_bytes(LAX)
    (checkout / "reconcile.toml").write_text('[environments.production]\npolicy = "mine.yaml"\n')
    commit(checkout)
    found = find_environment("production", environ={"CHANGE_TARGET": "main"})
    assert found.policy is not None
    assert list(found.policy.rules) == ["foreign-key-index"]
    assert [place.file for place in found.policy.ignored_changes] == ["reconcile.toml"]


def failed(path: str, branch: TargetBranch = MAIN) -> str:
    with pytest.raises(ReconcileError) as caught:
        read_platform_file(path, branch)
    assert caught.value.rule == "target-branch"
    return str(caught.value)


def test_a_new_file_has_no_effect_and_is_an_error(checkout: Path) -> None:
    (checkout / "new.yaml").write_bytes(LAX)
    commit(checkout)
    assert "the target branch `main` has no file new.yaml" in failed("new.yaml")


def test_links_of_the_target_branch_are_not_followed(checkout: Path) -> None:
    upstream = Path(git(checkout, "config", "remote.origin.url").strip())
    (upstream / "link.yaml").symlink_to("policy.yaml")
    (upstream / "folder").symlink_to("db")
    commit(upstream)
    git(checkout, "fetch", "-q")
    assert "link.yaml is not a regular file" in failed("link.yaml")
    assert "has no file folder/policy.yaml" in failed("folder/policy.yaml")
    assert "db is not a regular file" in failed("db")


def test_a_folder_that_looks_like_a_bare_repository_is_not_one(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """git would take its configuration, which can name programs to run."""
    evil = tmp_path / "evil"
    git(tmp_path, "init", "-q", "--bare", str(evil))
    shutil.copytree(evil, checkout / "db", dirs_exist_ok=True)
    (checkout / "db" / "policy.yaml").write_bytes(LAX)
    monkeypatch.chdir(checkout / "db")
    assert read_platform_file("policy.yaml", MAIN).data == STRICT


def test_a_submodule_is_not_asked(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = checkout / "db"
    git(own, "init", "-q")
    (own / "policy.yaml").write_bytes(LAX)
    commit(own)
    git(own, "update-ref", "refs/remotes/origin/main", "HEAD")
    monkeypatch.chdir(own)
    assert read_platform_file("policy.yaml", MAIN).data == STRICT


def test_a_shallow_clone_without_the_target_branch_is_an_error_with_a_remedy(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upstream = git(checkout, "config", "remote.origin.url").strip()
    lax_file(checkout)
    commit(checkout)
    git(checkout, "push", "-q", "origin", "change", "change:refs/tags/refs/remotes/origin/main")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "change", f"file://{upstream}", str(shallow))
    git(shallow, "fetch", "-q", "--tags")
    monkeypatch.chdir(shallow)
    said = failed("policy.yaml")
    assert "the clone does not have the target branch `main` (refs/remotes/origin/main)" in said
    assert "fetch-depth: 0" in said
    git(shallow, "fetch", "-q", "origin", "+refs/heads/main:refs/remotes/origin/main")
    assert read_platform_file("policy.yaml", MAIN).data == STRICT


@pytest.mark.parametrize(
    "name", ["missing", "-h", "--all", "../../heads/change", "main^{tree}", "a b", "change\nmain"]
)
def test_a_branch_that_is_not_there_is_an_error(checkout: Path, name: str) -> None:
    assert checkout.exists()
    assert "the clone does not have the target branch" in failed("policy.yaml", TargetBranch(name=name))


def test_a_clone_of_a_fork_is_an_error(checkout: Path) -> None:
    git(checkout, "remote", "set-url", "origin", "https://gitlab.example/evil/owner/shop.git")
    branch = TargetBranch(name="main", repository="evil/owner/shop")
    assert read_platform_file("policy.yaml", branch).data == STRICT
    for other in ("owner/shop", "other/shop", "evil/owner/sho"):
        assert f"is not {other}" in failed("policy.yaml", TargetBranch(name="main", repository=other))


def test_a_clone_from_another_address_of_the_server_is_an_error_with_a_remedy(checkout: Path) -> None:
    git(checkout, "remote", "set-url", "origin", "https://gitlab-ci-token:s3cret@10.0.0.7/o/r.git")
    message = failed("policy.yaml", TargetBranch(name="main", repository="o/r", server="https://gitlab.example/"))
    assert "is at 10.0.0.7, and o/r, which the pull request is for, is at https://gitlab.example/" in message
    assert "s3cret" not in message
    _, _, remedy = message.partition("after the last fetch: git ")
    git(checkout, *remedy.split())
    branch = TargetBranch(name="main", repository="o/r", server="https://gitlab.example/")
    assert read_platform_file("policy.yaml", branch).data == STRICT


GITLAB, BELOW_A_PATH = "https://gitlab.example:8443", "https://example.com/gitlab/"
AZURE = "https://o@dev.azure.com/o/My%20Project/_git/shop"


@pytest.mark.parametrize(
    ("url", "good"),
    [
        (AZURE, True),
        ("https://dev.azure.com/o/My%20Project/_git/shop/", True),
        ("https://o@dev.azure.com/o/My%20Project/_git/fork", False),
        ("https://o@dev.azure.com/evil/My%20Project/_git/shop", False),
        ("https://evil.example/o/My%20Project/_git/shop", False),
    ],
)
def test_a_clone_on_azure_is_known_by_its_address(url: str, good: bool) -> None:
    branch = target_branch({"BUILD_REASON": "PullRequest", "BUILD_REPOSITORY_URI": AZURE})
    assert branch is not None
    assert branch.is_cloned_from(url) is good


@pytest.mark.parametrize(
    ("url", "address", "good"),
    [
        ("https://gitlab.example/o/r.git", GITLAB, True),
        ("https://gitlab-ci-token:a:b@GitLab.example:8443/O/r.git/", GITLAB, True),
        ("git@gitlab.example:o/r.git", GITLAB, True),
        ("ssh://git@gitlab.example:2222/o/r", GITLAB, True),
        ("https://mirror.example/o/r.git", None, True),
        ("https://example.com/gitlab/o/r.git", BELOW_A_PATH, True),
        ("git@example.com:o/r.git", BELOW_A_PATH, True),
        ("https://gitlab.example/evil/o/r.git", GITLAB, False),
        ("https://gitlab.example/evil/o/r.git", None, False),
        ("git@gitlab.example:evil/o/r.git", None, False),
        ("https://example.com/evil/o/r.git", BELOW_A_PATH, False),
        ("https://evil.example/o/r.git", GITLAB, False),
        ("git@evil.example:o/r.git", GITLAB, False),
        ("https://gitlab.example@evil.example/o/r.git", GITLAB, False),
        ("https://[evil/o/r.git", None, False),
        ("/srv/git/o/r.git", None, False),
        ("o/r", None, False),
    ],
)
def test_a_clone_is_known_by_host_and_whole_path(url: str, address: str | None, good: bool) -> None:
    assert TargetBranch(name="main", repository="o/r", server=address).is_cloned_from(url) is good


def test_a_file_outside_of_the_checkout_is_read_as_it_is(checkout: Path, tmp_path: Path) -> None:
    outside = tmp_path / "platform" / "policy.yaml"
    outside.parent.mkdir()
    outside.write_bytes(LAX)
    assert read_platform_file(str(outside), MAIN).data == LAX
    git(outside.parent, "init", "-q")  # a clone of the platform team's repository
    assert read_platform_file("../platform/policy.yaml", MAIN).data == LAX
    link = tmp_path / "link"
    link.symlink_to(checkout)
    assert read_platform_file(str(link / "db" / "policy.yaml"), MAIN).data == STRICT
    link.unlink()
    link.symlink_to(checkout / "db")
    assert "through a symbolic link" in failed(str(link / "policy.yaml"))
    outside.unlink()
    outside.symlink_to(checkout / "policy.yaml")
    with pytest.raises(InvalidFile, match="not-followed"):
        read_platform_file(str(outside), MAIN)


def test_a_link_of_the_pull_request_does_not_move_a_file_outside_of_the_checkout(checkout: Path) -> None:
    """The kernel follows a link before it takes `..`, and would find a file of the pull request."""
    (checkout.parent / "platform").mkdir()
    (checkout.parent / "platform" / "policy.yaml").write_bytes(STRICT)
    shutil.rmtree(checkout / "db")
    (checkout / "deep" / "er").mkdir(parents=True)
    (checkout / "platform").mkdir()
    (checkout / "platform" / "policy.yaml").write_bytes(LAX)
    (checkout / "db").symlink_to("deep/er")
    assert read_platform_file("db/../../platform/policy.yaml", MAIN).data == STRICT


def test_a_checkout_without_a_repository_is_an_error(checkout: Path) -> None:
    shutil.rmtree(checkout / ".git")
    assert "is not in a git repository" in failed("policy.yaml")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, None),
        ({"GITHUB_BASE_REF": "", "GITHUB_REPOSITORY": "o/r"}, None),
        (
            {"GITHUB_BASE_REF": "main", "GITHUB_REPOSITORY": "o/r", "GITHUB_SERVER_URL": "https://github.com"},
            TargetBranch(name="main", repository="o/r", server="https://github.com"),
        ),
        (
            {
                "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "a/b",
                "CI_MERGE_REQUEST_PROJECT_PATH": "g/s/p",
                "CI_SERVER_URL": GITLAB,
            },
            TargetBranch(name="a/b", repository="g/s/p", server=GITLAB),
        ),
        (
            {
                "CI_PIPELINE_SOURCE": "external_pull_request_event",
                "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME": "main",
            },
            MAIN,
        ),
        ({"BITBUCKET_PR_DESTINATION_BRANCH": "main"}, MAIN),
        ({"SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"}, MAIN),
        (
            {
                "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
                "SYSTEM_PULLREQUEST_SOURCEREPOSITORYURI": "https://o@dev.azure.com/o/p/_git/fork",
                "BUILD_REPOSITORY_URI": AZURE,
            },
            TargetBranch(name="main", repository="o/my%20project/_git/shop", server="https://dev.azure.com"),
        ),
        (
            {"BUILD_REASON": "PullRequest", "BUILD_REPOSITORY_URI": "https://github.com/o/r"},
            TargetBranch(name=None, repository="o/r", server="https://github.com"),
        ),
        ({"CHANGE_TARGET": "main"}, MAIN),
        ({"CI_COMMIT_TARGET_BRANCH": "main", "CI_PIPELINE_EVENT": "pull_request"}, MAIN),
        ({"BUILDKITE_PULL_REQUEST": "7", "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "main"}, MAIN),
        ({"BUILDKITE_PULL_REQUEST": "false", "BUILDKITE_PULL_REQUEST_BASE_BRANCH": ""}, None),
        ({"BUILDKITE_PULL_REQUEST": "false", "BUILDKITE_MERGE_QUEUE_BASE_BRANCH": "main"}, MAIN),
        ({"DRONE_BUILD_EVENT": "pull_request", "DRONE_TARGET_BRANCH": "main"}, MAIN),
        ({"DRONE_BUILD_EVENT": "push", "DRONE_TARGET_BRANCH": "change"}, None),
        ({"TRAVIS_PULL_REQUEST": "7", "TRAVIS_BRANCH": "main"}, MAIN),
        ({"TRAVIS_PULL_REQUEST": "false", "TRAVIS_BRANCH": "change"}, None),
        ({"APPVEYOR_PULL_REQUEST_NUMBER": "7", "APPVEYOR_REPO_BRANCH": "main"}, MAIN),
        ({"APPVEYOR_REPO_BRANCH": "change"}, None),
        ({"CI_PIPELINE_SOURCE": "push", "BUILD_REASON": "IndividualCI", "GITHUB_REF": "refs/heads/a"}, None),
    ],
)
def test_target_branch_is_read_from_variables_of_ci_systems(
    environ: dict[str, str], expected: TargetBranch | None
) -> None:
    assert target_branch(environ) == expected


@pytest.mark.parametrize(
    "environ",
    [
        {"GITHUB_EVENT_NAME": "merge_group", "GITHUB_EVENT_PATH": "/nowhere"},
        {"GITHUB_EVENT_NAME": "pull_request_review"},
        {"GITHUB_REF": "refs/pull/7/merge", "GITHUB_BASE_REF": ""},
        {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": ""},
        {"CI_PIPELINE_SOURCE": "external_pull_request_event"},
        {"BITBUCKET_PR_ID": "7"},
        {"BUILD_REASON": "PullRequest"},
        {"CHANGE_ID": "7"},
        {"CI_COMMIT_PULL_REQUEST": "7"},
        {"BUILDKITE_PULL_REQUEST": "7"},
        {"DRONE_PULL_REQUEST": "7"},
        {"TRAVIS_PULL_REQUEST": "7"},
        {"APPVEYOR_PULL_REQUEST_NUMBER": "7"},
        {"CIRCLE_PULL_REQUEST": "https://github.com/o/r/pull/7"},
    ],
    ids=" ".join,
)
def test_a_pull_request_without_a_known_target_branch_is_an_error(checkout: Path, environ: dict[str, str]) -> None:
    lax_file(checkout)
    with pytest.raises(ReconcileError) as caught:
        find_environment("production", environ=environ)
    assert (caught.value.rule, caught.value.hint) == ("target-branch", "give the branch with --target-branch")
    found = find_environment("production", target="main", environ=environ)
    assert found.policy is not None
    assert list(found.policy.rules) == ["foreign-key-index"]


@pytest.mark.parametrize("environ", [{}, {"GITHUB_BASE_REF": "main"}], ids=["push", "pull request"])
@pytest.mark.parametrize("empty", ["name", "policy", "config", "target"])
def test_an_empty_value_is_not_an_absent_one(checkout: Path, environ: dict[str, str], empty: str) -> None:
    (checkout / "a.yaml").write_bytes(LAX)  # what git lists first
    commit(checkout)
    git(checkout, "update-ref", "refs/remotes/origin/main", "HEAD")
    given = {"name": "production", "policy": "policy.yaml"}
    with pytest.raises(ReconcileError):
        find_environment(**{**given, empty: ""}, environ=environ)  # type: ignore[arg-type]


def test_the_target_of_a_merge_queue_and_of_the_operator(tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"merge_group": {"base_ref": "refs/heads/main"}}))
    queue = {"GITHUB_EVENT_NAME": "merge_group", "GITHUB_EVENT_PATH": str(event)}
    assert target_branch(queue) == MAIN
    event.write_text(json.dumps({"pull_request": {"base": {"ref": "main"}}}))
    assert target_branch({**queue, "GITHUB_EVENT_NAME": "pull_request_review"}) == MAIN
    assert target_branch({"GITHUB_BASE_REF": "other"}, "main") == MAIN
