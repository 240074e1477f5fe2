"""Runs the jobs of GitLab, Bitbucket and Azure DevOps on this machine, as their files say."""

from __future__ import annotations

import re
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.docs.pages import ROOT
from tests.forge.fakes import TOKEN
from tests.gitops.machine import Machine
from tests.gitops.story import EXAMPLE, git

ZEROS = "0" * 40
HOSTS = ("https://gitlab.example.com/", "https://bitbucket.org/", "https://dev.azure.com/")


@dataclass(kw_only=True)
class Pipelines(ABC):
    """The jobs of a repository at one forge. `forge` is a folder with the repositories of all hosts.

    `database` is the secret of the jobs that may have one; `variables` are those that the system sets in every job;
    `comments` are those on the pull request.
    """

    machine: Machine
    forge: Path
    database: str
    variables: dict[str, str]
    kept: Path
    comments: dict[int, tuple[str, str]]
    log: str = ""
    number: int = 0
    outputs: dict[str, str] = field(default_factory=dict)
    host: str = ""

    def prepare(self) -> None:
        """Publish the files of this project as a repository whose commit the pipelines pin, for every host."""
        published = self.forge / "published"
        (published / "packaging").mkdir(parents=True)
        shutil.copy(ROOT / "packaging" / "install.sh", published / "packaging")
        git(published, "init", "--quiet")
        git(published, "add", "--all")
        git(published, "commit", "--quiet", "--message", "The project")
        for name in ("your-org/reconcile.git", "your-org/database/_git/reconcile"):
            (self.forge / name).parent.mkdir(parents=True, exist_ok=True)
            (self.forge / name).symlink_to(published)
        aliases = "".join(f"insteadOf = {host}\n" for host in HOSTS)
        (self.machine.home / "gitconfig").write_text(f'[url "{self.forge.as_uri()}/"]\n{aliases}')

    @property
    def commit(self) -> str:
        return git(self.forge / "published", "rev-parse", "HEAD").strip()

    def job(self, name: str, branch: str, *, secret: bool) -> int:
        """Run a job on a new clone of the branch, and return its exit code."""
        self.number += 1
        workspace = self.machine.folder(f"{self.number}-{name}")
        environ = {"GIT_CONFIG_GLOBAL": str(self.machine.home / "gitconfig"), **self.variables}
        if secret:
            environ["RECONCILE_DB_PRODUCTION"] = self.database
        clone = [
            "git",
            "clone",
            "--quiet",
            "--depth",
            "1",
            "--branch",
            branch,
            f"{self.host}o/shop",
            str(workspace),
        ]
        done = self.machine.execute(clone, self.machine.home, environ)
        assert done.returncode == 0, done.stderr
        return self.run(name, workspace, environ)

    def script(self, text: str, workspace: Path, environ: dict[str, str], path: Iterable[str] = ()) -> Any:
        """Run a script with bash, and return its end."""
        file = self.machine.folder(f"{self.number}.sh")
        file.write_text(text, encoding="utf-8")
        done = self.machine.execute(["bash", "-eo", "pipefail", str(file)], workspace, environ, [*path])
        self.log += done.stdout + done.stderr
        return done

    def keep(self, path: Path) -> None:
        """Keep a file or folder of a job for later ones."""
        if path.is_dir():
            shutil.copytree(path, self.kept / path.name, dirs_exist_ok=True)
        elif path.exists():
            shutil.copy(path, self.kept)

    @abstractmethod
    def run(self, name: str, workspace: Path, environ: dict[str, str]) -> int:
        """Run the scripts of a job, and return the exit code of the first that fails, or 0."""


class GitLab(Pipelines):
    """The jobs of the component."""

    def run(self, name: str, workspace: Path, environ: dict[str, str]) -> int:
        """Run a job as GitLab does: `before_script` and `script` in one shell."""
        jobs = self.component(self.commit)
        base, job = jobs[".reconcile"], jobs[f"reconcile-{name}"]
        for key, value in base["variables"].items():
            environ[key] = value["value"] if isinstance(value, dict) else value
        for needed in job.get("needs", []):
            if needed == "reconcile-plan":
                shutil.copytree(self.kept / "reconcile-report", workspace / "reconcile-report")
        done = self.script("\n".join([*base["before_script"], *job["script"]]), workspace, environ)
        for path in job.get("artifacts", {}).get("paths", []):
            self.keep(workspace / path)
        return int(done.returncode)

    @staticmethod
    def component(commit: str) -> dict[str, Any]:
        """Return the jobs of the component with the inputs of the example."""
        head, body = (ROOT / "templates" / "reconcile.yml").read_text(encoding="utf-8").split("\n---\n")
        given = yaml.safe_load((EXAMPLE / ".gitlab-ci.yml").read_text(encoding="utf-8"))["include"][0]["inputs"]
        inputs = yaml.safe_load(head)["spec"]["inputs"]
        assert given.keys() == {key for key, value in inputs.items() if "default" not in value}
        values = {key: value["default"] for key, value in inputs.items() if "default" in value}
        values |= given | {"commit": commit}
        assert re.fullmatch(inputs["commit"]["regex"], values["commit"])
        body = re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: str(values[found[1]]).lower(), body)
        return dict(yaml.safe_load(body))


class Bitbucket(Pipelines):
    """The steps of the pipelines."""

    def run(self, name: str, workspace: Path, environ: dict[str, str]) -> int:
        """Run a step: its whole script in one shell."""
        text = (EXAMPLE / "bitbucket-pipelines.yml").read_text(encoding="utf-8").replace(ZEROS, self.commit)
        steps = [one["step"] for one in yaml.safe_load(text)["definitions"]["steps"]]
        step = next(one for one in steps if one["name"].lower().endswith(name))
        if name == "apply":
            shutil.copytree(self.kept / "reconcile-report", workspace / "reconcile-report")
        done = self.script("\n".join(step["script"]), workspace, environ)
        self.keep(workspace / "reconcile-report")
        return int(done.returncode)


class Azure(Pipelines):
    """The stages of the pipeline; each has one job."""

    def run(self, name: str, workspace: Path, environ: dict[str, str]) -> int:
        """Run the steps of a job. The environment holds a secret only if the step names it."""
        stages = {one["stage"]: one for one in _yaml("azure-pipelines.yml")["stages"]}
        job = stages[name]["jobs"][0]
        steps = job["steps"] if "steps" in job else job["strategy"]["runOnce"]["deploy"]["steps"]
        temp = workspace.with_name(f"{workspace.name}-temp")
        temp.mkdir()
        environ |= {"AGENT_TEMPDIRECTORY": str(temp), "DIGEST": self.outputs.get("digest", "")}
        secret = environ.pop("RECONCILE_DB_PRODUCTION", "")
        path: list[str] = []
        flat = [
            inner for one in steps for inner in (_yaml(one["template"])["steps"] if "template" in one else [one])
        ]
        for step in flat:
            if step.get("task") == "DownloadPipelineArtifact@2":
                assert step["inputs"]["targetPath"] == "$(Agent.TempDirectory)/snapshot"
                shutil.copytree(self.kept, temp / "snapshot")
            elif step.get("fetchDepth") == "0":
                every = "+refs/heads/*:refs/remotes/origin/*"
                fetched = self.machine.execute(["git", "fetch", "--quiet", "origin", every], workspace, environ)
                assert fetched.returncode == 0, fetched.stderr
            elif "publish" in step:
                self.keep(workspace / step["publish"].replace("$(Agent.TempDirectory)", str(temp)))
            elif "bash" in step:
                assert "$(" not in re.sub(r"\$\(cat [^)]*\)", "", step["bash"]), "macros belong in `env`"
                macros = {"$(RECONCILE_DB_PRODUCTION)": secret, "$(System.AccessToken)": TOKEN}
                env = {key: macros.get(value, value) for key, value in _env(step)}
                env = {key: self.commit if value == ZEROS else value for key, value in env.items()}
                done = self.script(step["bash"], workspace, environ | env, path)
                path = [*re.findall(r"^##vso\[task\.prependpath\](.*)$", done.stdout, re.MULTILINE), *path]
                found = re.findall(
                    r"^##vso\[task\.setvariable variable=(\w+);isOutput=true\](.*)$", done.stdout, re.M
                )
                self.outputs |= dict(found)
                if done.returncode:
                    return int(done.returncode)
        return 0


def _env(step: dict[str, Any]) -> Iterable[tuple[str, str]]:
    return step.get("env", {}).items()


def _yaml(name: str) -> Any:
    return yaml.safe_load((EXAMPLE / name).read_text(encoding="utf-8"))
