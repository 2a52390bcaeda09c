"""The workflow files of docs/: their steps, run with the real git but without the platform."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

WORKFLOWS = Path(__file__).resolve().parents[2] / "docs" / "workflows"
OLD = """\
openapi: 3.0.3
info: {title: Disks API, version: "1"}
servers: [{url: "https://api.example.com"}]
paths:
  /disks:
    get:
      operationId: list_disks
      tags: [Disks]
      responses:
        "200":
          description: All disks.
          content: {application/json: {schema: {$ref: "#/components/schemas/Disk"}}}
components:
  schemas:
    Disk: {type: object, required: [size], properties: {size: {type: integer}}}
"""
CONFIG = """\
[[clients]]
spec = "specs/openapi.yaml"
output = "disks"
operations = ["list_disks"]
"""
NEW = OLD.replace("size", "capacity")
# What the platform has: a package index, a web server, and its own command.
STUBS = {
    "pip": 'echo "pip $*" >> "$STUBS_LOG"',
    "curl": 'echo "curl $*" >> "$STUBS_LOG"\n'
    'while [ "$1" != --output ]; do shift; done\ncp "$STUBS_DOCUMENT" "$2"',
    "gh": 'echo "gh $*" >> "$STUBS_LOG"\n'
    'while [ $# -gt 0 ]; do if [ "$1" = --body-file ]; then cp "$2" "$STUBS_BODY"; fi; shift; done',
}
CALL = f"{sys.executable} -c 'import sys; from vcgen.cli import main; sys.exit(main())'"


class Project:
    """A repository with a client, its origin, and what the platform gives a job."""

    def __init__(self, folder: Path) -> None:
        self.work, self.origin = folder / "work", folder / "origin.git"
        self.log, self.body = folder / "log", folder / "body"
        self.document = folder / "published.yaml"
        self._bin, self._temp = folder / "bin", folder / "temp"
        for one in (self.work / "specs", self._bin, self._temp):
            one.mkdir(parents=True)
        self.log.touch()
        for name, script in {**STUBS, "vcgen": f'{CALL} "$@"'}.items():
            (self._bin / name).write_text(f"#!/bin/sh\nset -e\n{script}\n")
            (self._bin / name).chmod(0o755)
        (self.work / "specs/openapi.yaml").write_text(OLD)
        (self.work / "vcgen.toml").write_text(CONFIG)
        self.run("vcgen generate")
        self.run(f"git init --quiet --bare '{self.origin}'")
        self.run(f"git -C '{self.origin}' config receive.advertisePushOptions true")
        self.run("git init --quiet --initial-branch main && git add --all")
        self.run("git commit --quiet --message start")
        self.run(f"git remote add origin '{self.origin}' && git push --quiet origin main")

    def run(self, script: str, **variables: str) -> str:
        """Run a script as a runner does, and return what it printed."""
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.work,
            env={
                "PATH": f"{self._bin}:{os.environ['PATH']}",
                "HOME": str(self._temp),
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_AUTHOR_NAME": "n",
                "GIT_AUTHOR_EMAIL": "n@example.com",
                "GIT_COMMITTER_NAME": "n",
                "GIT_COMMITTER_EMAIL": "n@example.com",
                "STUBS_LOG": str(self.log),
                "STUBS_BODY": str(self.body),
                "STUBS_DOCUMENT": str(self.document),
                "RUNNER_TEMP": str(self._temp),
                **variables,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        return done.stdout

    def pushed(self, what: str) -> str:
        """Return what git says of the branch that was pushed."""
        return self.run(f"git -C '{self.origin}' {what}")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def _loaded(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))
    return loaded


def _github() -> Iterator[tuple[str, dict[str, str]]]:
    job = _loaded("github.yml")["jobs"]["update"]
    for step in job["steps"]:
        if "run" in step:
            yield step["run"], {**job["env"], **step.get("env", {})}


def _gitlab() -> Iterator[tuple[str, dict[str, str]]]:
    job = _loaded("gitlab.yml")["update-api-client"]
    given = {
        "CI_DEFAULT_BRANCH": "main",
        "CI_SERVER_HOST": "gitlab.test",
        "CI_PROJECT_PATH": "group/project",
        "PUSH_TOKEN": "token",
        "GITLAB_USER_EMAIL": "n@example.com",
    }
    yield "\n".join(job["script"]), {**job["variables"], **given}


def test_github_opens_a_pull_request_with_the_report(project: Project) -> None:
    project.document.write_text(NEW)
    for script, variables in _github():
        project.run(script, **variables)
    assert "capacity: int" in project.pushed("show update-api-client:disks/models.py")
    assert "capacity" in project.pushed("show update-api-client:specs/openapi.yaml")
    assert "size" in project.pushed("show main:disks/models.py")
    assert "Disk.size" in project.body.read_text()
    calls = project.log.read_text()
    assert "pip install git+https://example.com/vcgen.git" in calls
    assert "gh pr create --head update-api-client --title Update the API client" in calls


def test_github_updates_the_pull_request_that_is_open(project: Project) -> None:
    project.document.write_text(NEW)
    gh = project.work.parent / "bin/gh"
    gh.write_text(gh.read_text() + 'if [ "$LISTS" = yes ]; then echo 7; fi\n')
    for script, variables in _github():
        project.run(script.replace("gh pr list", "LISTS=yes gh pr list"), **variables)
    calls = project.log.read_text()
    assert "gh pr edit update-api-client --body-file" in calls
    assert "gh pr create" not in calls


def test_gitlab_opens_a_merge_request_with_the_report(project: Project) -> None:
    project.document.write_text(NEW)
    url = "https://oauth2:token@gitlab.test/group/project.git"
    project.run(f"git config url.'{project.origin}'.insteadOf {url}")
    for script, variables in _gitlab():
        project.run(script, **variables)
    assert "capacity: int" in project.pushed("show update-api-client:disks/models.py")
    message = project.pushed("log -1 --format=%B update-api-client")
    assert message.startswith("Update the API client\n\n")
    assert "Disk.size" in message


@pytest.mark.parametrize("steps", [_github, _gitlab])
def test_nothing_is_pushed_if_the_client_needs_nothing(project: Project, steps: Any) -> None:
    project.document.write_text(OLD)
    printed = "".join(project.run(script, **variables) for script, variables in steps())
    assert "The client is up to date." in printed
    assert project.pushed("branch --list").split() == ["main"]
    assert "gh pr" not in project.log.read_text()


def test_an_operation_that_is_gone_changes_nothing(project: Project) -> None:
    project.document.write_text(NEW.replace("/disks:", "/drives:").replace("list_disks", "drives"))
    scripts = "\n".join(script for script, _ in _github())
    with pytest.raises(AssertionError, match='"GET /disks" is not in the new document'):
        project.run(scripts, **dict(next(iter(_github()))[1]))
    assert project.run("git status --porcelain") == ""
