"""Measuring commands side by side: CPU time of all their processes, and the largest memory."""

from __future__ import annotations

import os
import statistics
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]


@dataclass(frozen=True)
class Cost:
    """What a command took.

    Attributes:
        seconds: CPU time, of the system included.
        megabytes: The largest resident memory of one of its processes.
    """

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Run:
    """A command to be measured.

    Attributes:
        command: What is run.
        folder: Where.
        before: What is done each time before that, and not measured.
        fails: Whether it ends with a status that is not 0, and is none the worse for it.
    """

    command: Command
    folder: Path
    before: Callable[[], object] | None = None
    fails: bool = False


def cost(run: Run) -> Cost:
    """Return what a command takes once.

    Raises:
        RuntimeError: It fails.
    """
    if run.before:
        run.before()
    # Compiled modules are part of what is installed, for all alike.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    # What a peer calls (ruff, black) is the one that is installed beside it.
    folder = str(Path(run.command[0]).parent)
    environment["PATH"] = os.pathsep.join([folder, environment.get("PATH", "")])
    with subprocess.Popen(
        [str(part) for part in run.command],
        cwd=run.folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode and not run.fails:
        raise RuntimeError(f"exit code {process.returncode}: {' '.join(map(str, run.command))}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def side_by_side(runs: Mapping[str, Run], times: int) -> dict[str, Cost]:
    """Return what commands take, each several times in turns after once for the caches.

    It is the median: what else the machine does slows some of the turns.
    """
    found: dict[str, list[Cost]] = {name: [] for name in runs}
    for turn in range(times + 1):
        for name, run in runs.items():
            one = cost(run)
            if turn or times == 1:
                found[name].append(one)
    return {
        name: Cost(
            statistics.median(one.seconds for one in costs), max(one.megabytes for one in costs)
        )
        for name, costs in found.items()
    }
