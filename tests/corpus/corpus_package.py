"""A generated package, looked at from outside: its methods, their arguments, and its classes."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import sys
import textwrap
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

# What a client takes beside credentials.
_NO_CREDENTIALS = {"servers", "self", "host", "base_url", "timeout", "verify", "http"}
# What additional properties are called until they are sent.
_OTHERS = "\ufdd0"
_PROPERTIES = (property, cached_property)


@dataclass(frozen=True)
class Method:
    """A method of a resource, and the operation that it calls.

    Attributes:
        key: HTTP method, path and fixed query.
        arguments: The argument for each parameter, by place and name in the document; the body
            has the place `body`.
        types: The type of each argument.
        returns: The type of what it answers.
        required: The arguments that have no default.
        is_task: Whether it returns a handle of a task, which has what it answers.
    """

    resource: str
    name: str
    key: tuple[str, str, tuple[tuple[str, str], ...]]
    arguments: Mapping[tuple[str, str], str]
    types: Mapping[str, Any]
    returns: Any
    required: frozenset[str]
    is_task: bool = False

    def on(self, client: Any) -> Callable[..., Any]:
        """Return the method of a client; of one that begins a task, with what was answered."""
        method: Callable[..., Any] = getattr(getattr(client, self.resource), self.name)
        if not self.is_task:
            return method

        def answered(**arguments: Any) -> Any:
            found = method(**arguments)
            return _awaited(found) if inspect.isawaitable(found) else found.answer

        return answered


class Package:
    """A generated package, imported from the folder it was written to."""

    def __init__(self, folder: Path, name: str) -> None:
        sys.path.insert(0, str(folder))
        try:
            self.module = importlib.import_module(name)
            self.modules = list(_modules(self.module))
        finally:
            sys.path.remove(str(folder))
        self._wire = next(one for one in self.modules if one.__name__.endswith("._wire"))

    def credentials(self) -> dict[str, Any]:
        """Return a secret for each security scheme, by the client's argument for it."""
        signature = inspect.signature(self.module.Client.__init__)
        return {
            name: (
                ("user", f"secret-{name}") if "tuple" in str(given.annotation) else f"secret-{name}"
            )
            for name, given in signature.parameters.items()
            if name not in _NO_CREDENTIALS and given.default is None
        }

    def client(self, http: Any, credentials: Mapping[str, Any], *, is_async: bool = False) -> Any:
        """Return a client that talks to `http`."""
        kind = self.module.AsyncClient if is_async else self.module.Client
        return kind(base_url="http://vcgen.test/base", http=http, **credentials)

    def methods(self) -> list[Method]:
        """Return every method of every resource of the client."""
        client = self.client(None, {})
        lazy = [name for name, one in vars(type(client)).items() if isinstance(one, _PROPERTIES)]
        return [
            _method(attribute, name, function)
            for attribute in (*vars(client), *lazy)
            if not attribute.startswith("_")
            for name, function in vars(type(getattr(client, attribute))).items()
            if not name.startswith("_") and not _is_of_several_calls(name, function)
        ]

    def classes(self) -> dict[str, type]:
        """Return the objects, enumerations and exceptions of the package, by name.

        What a client needs of its own is in modules that begin with an underscore.
        """
        return {
            name: value
            for module in self.modules
            for name, value in vars(module).items()
            if inspect.isclass(value) and value.__module__ == module.__name__
            if not module.__name__.rpartition(".")[2].startswith("_")
        }

    def decoded(self, value: bytes, type_: Any) -> Any:
        """Return JSON as a type of the package."""
        return self._wire.decode(value, type=type_)

    def plain(self, value: Any) -> Any:
        """Return a value of the package as JSON has it."""
        return _merged(msgspec.to_builtins(value, str_keys=True))


def struct_of(kind: type) -> type[msgspec.Struct] | None:
    """Return what says which properties a class declares, None where it is of no objects."""
    return kind if issubclass(kind, msgspec.Struct) else None


def _merged(value: Any) -> Any:
    """Return plain values with the properties that have no field beside those that have one."""
    if isinstance(value, list):
        return [_merged(one) for one in value]
    if not isinstance(value, dict):
        return value
    own = {key: _merged(one) for key, one in value.items() if key != _OTHERS}
    return {**_merged(value[_OTHERS]), **own} if _OTHERS in value else own


def _modules(module: ModuleType) -> Iterator[ModuleType]:
    yield module
    for found in pkgutil.walk_packages(module.__path__, f"{module.__name__}."):
        yield importlib.import_module(found.name)


def _is_of_several_calls(name: str, function: Any) -> bool:
    """Tell whether a method goes through pages, or waits."""
    returned = str(function.__annotations__.get("return", ""))
    return name.startswith("wait_until_") or returned.startswith(("Pages[", "AsyncPages["))


async def _awaited(begun: Any) -> Any:
    return (await begun).answer


def _method(resource: str, name: str, function: Any) -> Method:
    described, call = _call_of(function)
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    signature = inspect.signature(function)
    arguments: dict[tuple[str, str], str] = {}
    fixed: list[tuple[str, str]] = []
    for place, spec_name, value in _sent(given.get("sends")):
        if argument := _argument(value, signature):
            arguments[place, spec_name] = argument
        elif place == "query" and isinstance(value, ast.Constant):
            fixed.append((spec_name, value.value))
    hints = typing.get_type_hints(function)
    is_task = "TaskHandle[" in str(function.__annotations__.get("return", ""))
    verb, path = (ast.literal_eval(given[one]) for one in ("method", "path"))
    # What tells operations of one address apart is not sent, and told in the docstring alone.
    apart = re.search(rf"{verb}\s+{re.escape(path)}(#\S*[^\s.`])", inspect.getdoc(function) or "")
    path += apart[1] if apart else ""
    (answered,) = typing.get_args(typing.get_type_hints(described)["return"])
    return Method(
        resource,
        name,
        (verb, path, tuple(sorted(fixed))),
        arguments,
        {argument: hints[argument] for argument in signature.parameters if argument != "self"},
        answered if is_task else hints["return"],
        frozenset(
            argument
            for argument, parameter in signature.parameters.items()
            if argument != "self" and parameter.default is parameter.empty
        ),
        is_task,
    )


def _call_of(method: Any) -> tuple[Any, ast.Call]:
    """Return the function that describes what a method sends, and its `Call(...)`."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(method)))
    module = sys.modules[method.__module__]
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    functions = [vars(module).get(name) for name in names if "__" in name]
    function = next(one for one in functions if inspect.isfunction(one))
    source = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return function, next(
        node
        for node in ast.walk(source)
        if isinstance(node, ast.Call) and _name(node).endswith("Call")
    )


def _sent(node: ast.expr | None) -> Iterator[tuple[str, str, ast.expr]]:
    """Yield the place, the name and the value of what a call sends; a body has neither name."""
    for one in node.elts if isinstance(node, ast.List) else ():
        assert isinstance(one, ast.Call)
        first, *others = one.args
        place = re.sub("^(In|Styled)(?=[A-Z])", "", _name(one)).lower()
        if place.endswith("body"):
            yield "body", "body", first
        else:
            assert isinstance(first, ast.Constant)
            yield place, str(first.value), others[0]


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _argument(node: ast.expr, signature: inspect.Signature) -> str:
    names = [one.id for one in ast.walk(node) if isinstance(one, ast.Name)]
    return next((name for name in names if name in signature.parameters), "")
