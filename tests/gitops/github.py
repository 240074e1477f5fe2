"""Runs workflows of GitHub Actions on this machine: every `run` as GitHub does, and stand-ins for other actions."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.docs.pages import ROOT
from tests.gitops.expressions import holds, interpolated
from tests.gitops.machine import Machine

OWN = "your-org/reconcile"


def load(path: Path) -> dict[str, Any]:
    """Read a workflow or action. YAML 1.1 reads the key `on` as true."""
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {("on" if key is True else key): each for key, each in value.items()}


@dataclass(kw_only=True)
class Hub:
    """A repository on GitHub: its origin, the secrets of its environments, and what its runs left.

    `github` is the context `github` of a run, `variables` the variables of its jobs, `pythons` the versions of Python
    that they asked for.
    """

    machine: Machine
    origin: Path
    secrets: Mapping[str, Mapping[str, str]]
    github: dict[str, Any]
    variables: dict[str, str]
    artifacts: dict[str, Path] = field(default_factory=dict)
    pythons: set[str] = field(default_factory=set)
    number: int = 0

    def run(self, workflow: Path, branch: str, **event: str) -> Run:
        """Run a workflow on a commit of this branch. `event` has keys of the context `github`."""
        self.number += 1
        run = Run(hub=self, branch=branch, github={**self.github, **event})
        run.jobs(load(workflow)["jobs"], {})
        return run


@dataclass(kw_only=True)
class Run:
    """A run of a workflow. `results` has the result of each job, `log` the output of all."""

    hub: Hub
    branch: str
    github: Mapping[str, Any]
    results: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    log: str = ""
    summary: str = ""

    def jobs(self, jobs: Mapping[str, Any], inputs: Mapping[str, Any]) -> None:
        """Run the jobs in the order of the file; each comes after those that it needs."""
        for name, job in jobs.items():
            needed = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            failed = any(self.results[one] == "failure" for one in needed)
            skipped = any(self.results[one] == "skipped" for one in needed)
            status = {
                "always": True,
                "cancelled": False,
                "failure": failed,
                "success": not failed and not skipped,
            }
            needs = {one: {"outputs": self.outputs.get(one, {})} for one in needed}
            context = {"github": self.github, "needs": needs, "inputs": inputs}
            if not holds(job.get("if"), context, status):
                self.results[name] = "skipped"
            elif "uses" in job:
                self._called(name, job, context, status)
            else:
                self._job(name, job, context)

    def _called(self, name: str, job: Mapping[str, Any], context: Mapping[str, Any], status: Any) -> None:
        """Run a reusable workflow of this project."""
        path, _, _ = job["uses"].removeprefix(f"{OWN}/").partition("@")
        called = load(ROOT / path)
        given = {key: interpolated(value, context, status) for key, value in job.get("with", {}).items()}
        assert "secrets" not in job
        for one in called["jobs"].values():
            needed = dict(one.get("permissions", {}))
            assert needed.items() <= job["permissions"].items(), "the caller grants less than the called job needs"
        declared = called["on"]["workflow_call"]["inputs"]
        assert given.keys() <= declared.keys()
        inputs = {key: given.get(key, value.get("default", "")) for key, value in declared.items()}
        self.jobs(called["jobs"], inputs)
        self.results[name] = "failure" if "failure" in self.results.values() else "success"

    def _job(self, name: str, job: Mapping[str, Any], context: dict[str, Any]) -> None:
        runner = Runner(run=self, job=name, secrets=self.hub.secrets.get(job.get("environment", ""), {}))
        context |= {
            "secrets": runner.secrets,
            "runner": {"temp": str(runner.temp)},
            "job": {"workflow_repository": OWN, "workflow_sha": "0" * 40},
        }
        outputs = runner.steps(job["steps"], context, {})
        context["steps"] = outputs
        self.results[name] = "failure" if runner.failed else "success"
        self.outputs[name] = {
            key: interpolated(value, context, runner.status) for key, value in job.get("outputs", {}).items()
        }


class Runner:
    """The machine of one job: its workspace, and the files by which steps tell something to later ones."""

    def __init__(self, *, run: Run, job: str, secrets: Mapping[str, str]) -> None:
        self.run = run
        self.secrets = secrets
        self.failed = False
        home = run.hub.machine.folder(f"{run.hub.number}-{job}")
        self.workspace, self.temp, self.commands = home / "workspace", home / "temp", home / "commands"
        for folder in (self.workspace, self.temp, self.commands):
            folder.mkdir(parents=True)
        self.path: list[str] = []

    @property
    def status(self) -> dict[str, bool]:
        return {"always": True, "cancelled": False, "failure": self.failed, "success": not self.failed}

    def steps(self, steps: list[Any], context: dict[str, Any], env: Mapping[str, str]) -> dict[str, Any]:
        """Run steps, and return their outputs by the step's id."""
        known: dict[str, Any] = {}
        context = {**context, "steps": known}
        for step in steps:
            if not holds(step.get("if"), context, self.status):
                continue
            variables = {**env}
            variables |= {k: interpolated(v, context, self.status) for k, v in step.get("env", {}).items()}
            given = {k: interpolated(v, context, self.status) for k, v in step.get("with", {}).items()}
            if "run" in step:
                outputs = self._script(step["run"], variables, context)
            else:
                outputs = self._uses(step["uses"], given, variables, context)
            known[step.get("id", f"_{len(known)}")] = {"outputs": outputs}
        return known

    def _script(self, script: str, env: Mapping[str, str], context: Mapping[str, Any]) -> dict[str, str]:
        assert "${{" not in script, "values belong in `env`"
        files = {name: self.commands / name for name in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        path = self.commands / "script.sh"
        path.write_text(script, encoding="utf-8")
        variables = {
            "GITHUB_ACTIONS": "true",
            "RUNNER_TEMP": str(self.temp),
            **self.run.hub.variables,
            **{name: str(file) for name, file in files.items()},
            **({"GITHUB_ACTION_PATH": context["action_path"]} if "action_path" in context else {}),
            **env,
        }
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(path)]
        done = self.run.hub.machine.execute(command, self.workspace, variables, self.path)
        self.run.log += done.stdout + done.stderr
        self.run.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        self.failed |= done.returncode != 0
        self.path = [*files["GITHUB_PATH"].read_text().split(), *self.path]
        return dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())

    def _uses(self, uses: str, given: dict[str, str], env: Mapping[str, str], context: Any) -> dict[str, str]:
        name, _, commit = uses.partition("@")
        if name in (OWN, "./.reconcile"):
            return self._composite(given, env, context)
        assert re.fullmatch("[0-9a-f]{40}", commit), uses
        if name == "actions/checkout":
            self._check_out(given)
            return {}
        if name == "actions/setup-python":
            assert given["update-environment"] == "false"
            self.run.hub.pythons.add(given["python-version"])
            return {"python-path": str(self.run.hub.machine.python)}
        assert name == "actions/upload-artifact", uses
        self._upload(given)
        return {}

    def _composite(self, given: dict[str, str], env: Mapping[str, str], context: Any) -> dict[str, str]:
        action = load(ROOT / "action.yml")
        assert given.keys() <= action["inputs"].keys()
        inputs = {
            key: given.get(key, interpolated(value.get("default", ""), context, self.status))
            for key, value in action["inputs"].items()
        }
        inside = {
            "github": context["github"],
            "runner": context["runner"],
            "inputs": inputs,
            "action_path": str(ROOT),
        }
        steps = self.steps(action["runs"]["steps"], inside, env)
        return {
            key: interpolated(value["value"], {"steps": steps}, self.status)
            for key, value in action["outputs"].items()
        }

    def _check_out(self, given: dict[str, str]) -> None:
        assert given["persist-credentials"] == "false"
        if "repository" in given:
            assert (given["repository"], given["ref"]) == (OWN, "0" * 40)
            (self.workspace / given["path"]).symlink_to(ROOT)
            return
        branch, origin = self.run.branch, self.run.hub.origin.as_uri()
        depth = [] if given.get("fetch-depth") == "0" else ["--depth", "1"]
        clone = ["git", "clone", "--quiet", "--branch", branch, *depth, origin, str(self.workspace)]
        subprocess.run(clone, check=True, timeout=30)
        # The check for the right repository compares owner and name, which the path of the origin does not have.
        address = "https://github.com/o/shop"
        subprocess.run(["git", "remote", "set-url", "origin", address], cwd=self.workspace, check=True, timeout=30)

    def _upload(self, given: dict[str, str]) -> None:
        source = self.workspace / given["path"]
        kept = self.run.hub.machine.folder(f"artifact-{self.run.hub.number}-{given['name']}")
        if source.is_dir():
            shutil.copytree(source, kept)
        elif source.exists():
            kept.mkdir(parents=True)
            shutil.copy(source, kept)
        else:
            assert given["if-no-files-found"] == "ignore", source
            return
        self.run.hub.artifacts[given["name"]] = kept
