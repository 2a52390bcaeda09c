"""The published documents as they are: read, and walked by reference, by code of the tests' own.

Nothing here knows the generator. The few defects that make a document impossible to use as a judge
are put right as its plainest reading has it; they are the functions `_without_...` below.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote, unquote, urldefrag, urljoin

import yaml
import yaml12

SPECS = Path(__file__).resolve().parents[3] / "shared" / "specs"

# What cannot be generated, and why: a repair would be a guess.
REFUSED = {
    "vsphere-7.0.2-swagger2/vcenter.json": {
        "POST /api/vcenter/authentication/token": "two of its schemas are nowhere",
    },
}


def corpus() -> list[Path]:
    """Return the documents that are the root of a description; none where the folder is missing."""
    files = sorted(path for path in SPECS.glob("*/*") if path.suffix in {".json", ".yaml", ".yml"})
    return [path for path in files if _is_root(path)]


def name_of(path: Path) -> str:
    """Return what a document is called in a table or as a test."""
    return path.relative_to(SPECS if path.is_relative_to(SPECS) else path.parents[1]).as_posix()


def _is_root(path: Path) -> bool:
    tree = read(path)
    return isinstance(tree, dict) and bool({"openapi", "swagger"} & tree.keys())


@cache
def read(path: Path) -> Any:
    """Return the document as a plain tree."""
    text = path.read_text(encoding="utf-8")
    tree = json.loads(text) if path.suffix == ".json" else _yaml(text)
    tree = _without_stray_required(_with_string_keys(tree))
    is_31 = isinstance(tree, dict) and str(tree.get("openapi") or "3.0") >= "3.1"
    return tree if is_31 else _without_siblings(tree)


def _yaml(text: str) -> Any:
    """Return the tree of a text, which need not be YAML 1.2 to the letter."""
    try:
        return yaml12.parse_yaml(text)
    except ValueError:
        return yaml.load(text, _Lenient)


class _Lenient(yaml.SafeLoader):
    """PyYAML as it is, but for what is no text in YAML 1.1 alone: dates, `on`, `1:20`."""

    yaml_implicit_resolvers: ClassVar = {
        first: [pair for pair in pairs if not pair[0].endswith((":timestamp", ":bool", ":int"))]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_BOOLEAN = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_Lenient.add_implicit_resolver("tag:yaml.org,2002:bool", _BOOLEAN, list("tTfF"))
_Lenient.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"-?[0-9]+\Z"), list("-0123456789")
)


def _with_string_keys(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {str(key): _with_string_keys(value) for key, value in tree.items()}
    return [_with_string_keys(value) for value in tree] if isinstance(tree, list) else tree


def _without_stray_required(tree: Any) -> Any:
    """Drop `required: false` of schemas, which belongs to parameters and bodies."""
    if isinstance(tree, list):
        return [_without_stray_required(value) for value in tree]
    if not isinstance(tree, dict):
        return tree
    is_stray = isinstance(tree.get("required"), bool) and not {"in", "content"} & tree.keys()
    kept = {key: tree[key] for key in tree if key != "required" or not is_stray}
    return {key: _without_stray_required(value) for key, value in kept.items()}


def _without_siblings(tree: Any) -> Any:
    """Drop what stands beside a reference: before OpenAPI 3.1 it does not count."""
    if isinstance(tree, list):
        return [_without_siblings(value) for value in tree]
    if not isinstance(tree, dict):
        return tree
    kept = {"$ref": tree["$ref"]} if isinstance(tree.get("$ref"), str) else tree
    return {key: _without_siblings(value) for key, value in kept.items()}


@dataclass(frozen=True, eq=False)
class Node:
    """A part of a document, and where it stands.

    Attributes:
        file: URI of the document.
        pointer: JSON pointer inside it, keys escaped.
        value: The part itself.
    """

    file: str
    pointer: str
    value: Any

    def __getitem__(self, key: str | int) -> Node:
        step = str(key).replace("~", "~0").replace("/", "~1")
        return Node(self.file, f"{self.pointer}/{step}", self.value[key])

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def get(self, key: str) -> Any:
        """Return the value at a key, or None."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def children(self, key: str) -> Iterator[tuple[str, Node]]:
        """Yield the nodes of a mapping or list at a key, if there is one."""
        inside = self.get(key)
        if isinstance(inside, dict):
            yield from ((name, self[key][name]) for name in inside)
        elif isinstance(inside, list):
            yield from ((str(index), self[key][index]) for index in range(len(inside)))

    @property
    def uri(self) -> str:
        """The address that a reference to this part would have."""
        return f"{self.file}#{quote(self.pointer, safe='/~')}"

    @property
    def root(self) -> Node:
        """The whole document."""
        return Node(self.file, "", tree_at(self.file))

    def resolved(self) -> Node:
        """Return the node that a reference leads to, or the node itself."""
        node = self
        while isinstance(node.value, dict) and isinstance(node.value.get("$ref"), str):
            node = node.target(node.value["$ref"])
        return node

    def target(self, reference: str) -> Node:
        """Return the node at an address relative to this document."""
        return _at(urljoin(self.file, reference))


@cache
def _at(uri: str) -> Node:
    file, fragment = urldefrag(uri)
    node = Node(file, "", tree_at(file))
    for step in fragment.split("/")[1:]:
        key = unquote(step).replace("~1", "/").replace("~0", "~")
        node = node[int(key) if isinstance(node.value, list) else key]
    return node


_made: dict[str, Any] = {}


def made(value: Any) -> Node:
    """Return a part that stands in no document as it is, as if it stood in one of its own."""
    file = f"made:{len(_made)}"
    _made[file] = value
    return Node(file, "", value)


def tree_at(file: str) -> Any:
    """Return the document at a URI: a file of the corpus, or one that a test has made."""
    return _made[file] if file in _made else read(Path(unquote(file.removeprefix("file://"))))


def document(path: Path) -> Node:
    """Return a whole document."""
    return Node(path.resolve().as_uri(), "", read(path.resolve()))
