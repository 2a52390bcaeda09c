"""What is left over: packages that nothing writes any more, and how they go."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from vcgen.errors import Diagnostic, OutputError
from vcgen.publishing import journal
from vcgen.publishing.directory import locked_folder, refusals
from vcgen.publishing.manifest import MANIFEST, Plan, load, survey


def left_over(outputs: Collection[Path], usual: Path) -> Iterator[Path]:
    """Yield the generated packages that a configuration may have had, and does not have any more.

    Args:
        outputs: The folders of the packages that it has; others may be beside them.
        usual: The folder in which packages are by default; others may be there, too.
    """
    known = {os.path.realpath(path) for path in outputs}
    for folder in sorted({usual, *(path.parent for path in outputs)}):
        for manifest in sorted(folder.glob(f"*/{MANIFEST}")) if folder.is_dir() else ():
            if os.path.realpath(manifest.parent) not in known:
                yield manifest.parent


def remove(directory: Path, *, force: bool = False) -> Plan:
    """Remove the files of a generated package, and no others.

    Raises:
        OutputError: There is no package, somebody edited a file of it, or the system refuses.
    """
    with locked_folder(directory) as root:
        journal.recover(root)
        manifest = load(directory)
        if manifest is None:
            hint = f"name a folder with a {MANIFEST}"
            problem = Diagnostic("is not a generated package", hint=hint, file=directory.as_posix())
            raise OutputError(problem)
        plan = survey(root, {}, manifest)
        if problems := list(refusals(directory, plan, {}, force)):
            raise OutputError(*problems)
        plan = plan._replace(stale=(*plan.stale, MANIFEST))
        journal.publish(root, plan, {})
        if not any(root.iterdir()):
            root.rmdir()
    return plan
