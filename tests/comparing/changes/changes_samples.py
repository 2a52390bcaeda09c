"""Samples of what an old client is given, and of what a server of the new document answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from changes_standing import token_of
from corpus_files import Node, made
from corpus_operations import Operation
from corpus_oracle import REPLY, REQUEST, Oracle
from corpus_package import Method, Package
from corpus_sampler import samples
from corpus_wire import plain
from msgspec import ValidationError

# How many values of a sample are full; fewer, too, to reach each class in one that is bare.
FULL = (2_000, 1, 2, 4, 8)


def credentials_for(
    package: Package, wanted: list[dict[str, list[str]]]
) -> Iterator[dict[str, Any]]:
    """Yield what a caller gives for each alternative: its credentials, and no others."""
    every = package.credentials()
    names = {_letters(name): name for name in every}
    # What is no scheme of the document, nobody can give.
    usable = [one for one in wanted if {*map(_letters, one)} <= names.keys()]
    for alternative in usable or [{}]:
        found = {names[_letters(name)]: scopes for name, scopes in alternative.items()}
        yield {name: token_of(scopes) if scopes else every[name] for name, scopes in found.items()}


def _letters(name: str) -> str:
    """Return a name as it is whatever it is called in Python."""
    return re.sub(r"[\W_]", "", name).lower()


def decoded_arguments(
    package: Package, method: Method, values: Mapping[tuple[str, str], Any]
) -> dict[str, Any] | None:
    """Return arguments, None where what goes into a URL or header is not all that was sampled.

    Nor is there a value for a variable of the path that the document does not declare.
    """
    arguments: dict[str, Any] = {}
    # What a path prescribes of its query is no argument.
    given = {place: value for place, value in values.items() if place in method.arguments}
    for place, value in given.items():
        name = method.arguments[place]
        try:
            arguments[name] = package.decoded(json.dumps(value).encode(), method.types[name])
        except ValidationError:
            if place[0] == "body":
                raise
            return None
    return arguments if method.required <= arguments.keys() else None


def argument_samples(operation: Operation, oracle: Oracle) -> Iterator[dict[tuple[str, str], Any]]:
    """Yield samples of all arguments, then one without those that may be left out."""

    def valid(schema: Node, place: str, name: str) -> list[Any]:
        found = [
            value for _, value, wrong in samples(schema, oracle, REQUEST, name, *FULL) if not wrong
        ]
        # Of a list that is empty nothing arrives.
        found = [value for value in found if place != "query" or value != []]
        return list(map(plain, found)) if place == "header" else found

    every = {
        (one.place, one.name): valid(one.schema, one.place, one.name)
        for one in operation.parameters
    }
    needed = {(one.place, one.name) for one in operation.parameters if one.required}
    if operation.bodies:
        media_type = preferred(operation.bodies)
        found = valid(operation.bodies[media_type] or made({}), "body", "body")
        is_text = media_type.startswith("text/")  # which is a text, whatever its schema says
        every["body", "body"] = [one for one in found if isinstance(one, str) or not is_text]
        needed |= {("body", "body")} if operation.body_required else set()
    if all(every[place] for place in needed):
        some = {place: values for place, values in every.items() if values}
        for index in range(max(map(len, some.values()), default=1)):
            yield {place: values[index % len(values)] for place, values in some.items()}
        yield {place: every[place][0] for place in every if place in needed}


def preferred(content: Mapping[str, Any]) -> str:
    """Return the media type that a client chooses: JSON, else what comes first."""
    return min(content, key=lambda one: not one.endswith("json"), default="")


def reply_samples(operation: Operation | None, document: Node) -> Iterator[dict[str, Any]]:
    """Yield samples of what a server of the new document answers when all is well."""
    if operation is None:
        yield {"status": 204}  # which nobody is answered, for nothing is there
        return
    successes = {kind: one for kind, one in operation.replies.items() if kind.startswith("2")}
    if not successes:  # any will do, or what is said of all that are not said otherwise
        successes = {"299": operation.replies.get("default", {})}
    for status, contents in successes.items():
        if not contents:
            yield {"status": int(status)}
        for media_type, schema in contents.items():
            found = samples(schema or made({}), Oracle(document), REPLY, "reply", *FULL)
            for value in (value for _, value, wrong in found if not wrong):
                yield {"status": int(status), "json": value, "media_type": media_type}
