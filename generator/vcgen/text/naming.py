"""Names: every identifier of the generated code is decided here, from its own spec name alone.

Where several in one class or operation want one name, it is one of those that are offered here;
`clashes` says whose.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from unicodedata import normalize

from vcgen.text import templates
from vcgen.text.clashes import number_of
from vcgen.text.reserved import (
    AMBIGUOUS_NAMES,
    ANNOTATION_NAMES,
    CLIENT_ARGUMENTS,
    CLIENT_GLOBALS,
    CLIENT_NAMES,
    ENUM_NAMES,
    FIXED_CLASSES,
    MODEL_NAMES,
    STATUS_NAMES,
    WELL_KNOWN_STATUSES,
)
from vcgen.text.words import coded, exact, parts, signs, spelt, words

# Beyond this, the name of a method is no pleasure to read or to write.
_LONGEST = 60
# What fields and arguments are not called.
_NO_FIELDS = ANNOTATION_NAMES | MODEL_NAMES
_NO_ARGUMENTS = frozenset({"body", "self"})
# The module for models that none of the configured ones is for.
OTHER_MODELS = "others"
# What NestJS and routing-controllers have in front of the name of a method: its class, which the
# tag stands for.
_CONTROLLER = re.compile(r"[^\W_]+Controller[_.](?=[^\W_])")
# What flask-openapi3 has in front of a variable of the path: its kind, as Flask calls it.
_CONVERTER = re.compile(r"__(float|int|path|string|uuid)(?=_)")
# Words in capitals, as constants have them; trpc-to-openapi calls errors so.
_SHOUTED = re.compile(r"(?<!\w)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?!\w)")
# What such a name can best do without.
_SMALL = frozenset({"a", "an", "and", "by", "for", "from", "in", "of", "the", "to", "with"})


def snake(name: str) -> str:
    """Return `name` in snake case, or "" where nothing of it can stand in an identifier."""
    return "_".join(word.lower() for word in words(name))


def pascal(name: str) -> str:
    """Return `name` in Pascal case; capitals inside a part stay as the vendor wrote them.

    Numbers stay apart: `v1.1.10` and `v1.11.0` are two versions.
    """
    found = ""
    for part in parts(name) or parts(signs(name)):
        joint = "_" if found[-1:].isdecimal() and part[0].isdecimal() else ""
        found += joint + part[0].upper() + part[1:]
    return found


def without_root(name: str, roots: Iterable[str]) -> str:
    """Return `name` without a leading root word (`Vcenter.Vm` and `VcenterVm` lose `Vcenter`)."""
    for root in roots:
        head, rest = name[: len(root)], name[len(root) :]
        if head.lower() != root.lower() or not rest:
            continue
        if rest[0] in "._/-":
            return rest[1:] or name
        if head == root and rest[0].isupper():
            return rest
    return name


@lru_cache(maxsize=8192)  # what is settled first is asked for again, once or twice
def class_name(spec_name: str, roots: tuple[str, ...] = ()) -> str:
    """Return the class for the schema `spec_name`: `error.NOT_FOUND` is `ErrorNotFound`."""
    spoken = _SHOUTED.sub(_spoken, without_root(spec_name, roots))
    name = _leading_letter(pascal(spoken), "Model")
    is_taken = name in FIXED_CLASSES or name in STATUS_NAMES.values()
    return f"{name}Model" if is_taken or name.endswith(("Like", "Operations")) else name


def like(class_: str) -> str:
    """Return the name of what callers may give for a class; no class is called so."""
    return f"{class_}Like"


def classes_apart(spec_name: str, own: str, roots: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the classes for a schema whose own class `own` is another schema's, the best first."""
    spelt_out = class_name(exact(without_root(spec_name, roots)))
    return (f"{own}_",) if spelt_out == own else (spelt_out, f"{own}_")


def classes_inside(own: str) -> Iterator[str]:
    """Yield the classes for a schema inside another, whose class `own` is a component's."""
    while True:
        own = f"{own}Inline"
        yield own


def exception_name(spec_name: str, roots: Iterable[str] = ()) -> str:
    """Return the exception for the error schema `spec_name`: its last part."""
    last = re.split(r"[./]", without_root(spec_name, roots))[-1]
    name = _leading_letter(pascal(last), "Error")
    is_taken = name in FIXED_CLASSES or name.endswith("Like")
    return f"{name}Exception" if is_taken else name


def kind_exception(kind: str, spec_name: str, roots: Iterable[str] = ()) -> str:
    """Return the exception for a kind of error: `NOT_FOUND` is `NotFound`, else as its schema."""
    if re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", kind):
        spec_name = "".join(word.capitalize() for word in kind.split("_"))
    return exception_name(spec_name, roots)


def _spoken(shouted: re.Match[str]) -> str:
    """Return several words in capitals with a capital for each; one may be an abbreviation."""
    said = shouted[0].split("_")
    several = sum(word[0].isalpha() for word in said) > 1
    return "_".join(word.capitalize() if several else word for word in said)


def status_class(status: int | str) -> str:
    """Return the exception for an HTTP status: its registered name, or `Status499`."""
    number = int(status) if str(status).isdigit() else 0
    return STATUS_NAMES.get(number, f"Status{status}")


def well_known_exceptions() -> tuple[str, ...]:
    """Return the exceptions for statuses that any server may answer with."""
    return tuple(map(status_class, WELL_KNOWN_STATUSES))


def resource_class(tag: str, roots: Iterable[str] = ()) -> str:
    """Return the class that holds the operations of `tag`."""
    return _leading_letter(pascal(without_root(tag, roots)), "Tag") + "Operations"


def resource_attribute(tag: str, roots: Iterable[str] = ()) -> str:
    """Return the attribute of the client that holds the operations of `tag`."""
    return _variable(snake(without_root(tag, roots)), "tag", CLIENT_NAMES)


@lru_cache(maxsize=4096)
def operation_name(operation_id: str, tag: str, method: str, path: str) -> str:
    """Return the method for an operation: after its operationId, or else its path."""
    if operation_id:
        return method_name(operation_id, tag, method, path)
    return method_name_of_path(method, path, tag)


def method_name(operation_id: str, tag: str, method: str = "", path: str = "") -> str:
    """Return the method for an operation: its operationId without what its place says already.

    That is the tag at its beginning, with the start of the path in front of it, or the class of
    NestJS; at its end the path and the method, as FastAPI has them; and all up to the tag, where
    that is among names with dots between them. A tag that is what is done stays: `scanArtifact`.
    """
    operation_id = _below_tag(operation_id, tag)
    if tag not in {"", "default"} and (above := _CONTROLLER.match(operation_id)):
        operation_id = operation_id[above.end() :]
    own = words(_without_place(operation_id, method, path))
    is_done = operation_id.isalnum() and _is_done(own, tag, path)
    rest = own if is_done else _without_tag(_without_start(own, tag, path), tag)
    name = "_".join(_folded(rest)) or signs(operation_id)
    if len(name) > _LONGEST >= len(operation_id):
        name = "_".join(word for word in name.split("_") if word not in _SMALL)
    if len(name) > _LONGEST >= len(operation_id):
        name = _shortened(name, operation_id)
    return _variable(name, "operation")


def method_name_of_path(method: str, path: str, tag: str = "") -> str:
    """Return the method for an operation without operationId: `get_vm_by_id`.

    It goes without the tag, if the path begins with that. Of one that is too long, the variables go
    but for the last; then the words in its midst.
    """
    path = templates.plain(path)
    name = _name_of_path(method, path, tag)
    if len(name) > _LONGEST:
        name = _name_of_path(method, re.sub(r"\{[^}]*\}(?=.*\{)", "", path), tag)
    return _variable(_shortened(name, path) if len(name) > _LONGEST else name, "operation")


def methods_of_path_apart(method: str, path: str) -> list[str]:
    """Return the methods for an operation whose path is too much like another's.

    A slash at its end is said; what tells it from all others is a number made of the path.
    """
    plain = method_name_of_path(method, path)
    last = [f"{plain}_slash"] if path.endswith("/") and path.strip("/") else []
    return [*last, f"{plain}_{number_of(path)}"]


def _name_of_path(method: str, path: str, tag: str) -> str:
    """Return a method and a path in snake case, however the path is."""
    by = re.sub(r"\{([^}]*)\}", r"-by-\1", path).replace("_", "-")
    own = words(by)
    above = words(tag)
    is_there = bool(above) and _folded(own[: len(above)]) == _folded(above)
    done = snake(method.lower()) or signs(method)  # a method of OpenAPI 3.2 is any token: M-SEARCH
    return "_".join([done, *_folded(own[len(above) :] if is_there else own)])


def _without_place(operation_id: str, method: str, path: str) -> str:
    """Return an operationId without the path and the method, where it ends with these.

    A query in the key of the path tells operations apart, and is no part of a route. Of the path
    `/`, an underscore is left: `read_root__get`.
    """
    route = path.partition("?")[0]
    if not route.strip("/"):
        return operation_id.removesuffix(f"__{method.lower()}") or operation_id
    place = re.sub(r"[\W_]+", "_", f"{route}_{method.lower()}")
    whole = re.sub(r"[\W_]+", "_", operation_id)
    plain = re.sub(r"[\W_]+", "_", _CONVERTER.sub("_", operation_id))
    return (plain.removesuffix(place) if plain.endswith(place) else whole) or operation_id


def _below_tag(operation_id: str, tag: str) -> str:
    """Return an operationId such as `tasks.tasklists.list` without all up to the tag."""
    *above, last = operation_id.split(".")
    wanted = _folded(words(tag))
    named = [at for at, one in enumerate(above) if at and wanted and _folded(words(one)) == wanted]
    return ".".join([*above[named[0] + 1 :], last]) if named and last else operation_id


def _is_done(own: Sequence[str], tag: str, path: str) -> bool:
    """Tell whether a tag is what an operation does: `scanArtifact` of `/artifacts/{id}/scan`.

    The path ends with it, and what else the operation is called is in front of that.
    """
    parts = [words(one) for one in re.sub(r"\?.*|\{[^}]*\}", "", path).split("/")]
    *before, last = [one for one in parts if one] or [()]
    named = {word.removesuffix("s") for one in before for word in _folded(one)}
    above = words(tag)
    done_to = _folded(own[len(above) :])
    is_last = bool(last) and _folded(last) == _folded(above)
    return is_last and all(word.removesuffix("s") in named for word in done_to)


def _without_start(own: Sequence[str], tag: str, path: str) -> Sequence[str]:
    """Return words without the start of the path, where they begin with it and the tag follows.

    So does Django name operations: `api_tasks_list` of `/api/tasks/`, with the tag `tasks`.
    """
    start = _folded(words(path.partition("{")[0]))
    found, wanted = _folded(own), _folded(words(tag))
    ends = range(1, len(start) - len(wanted) + 1) if wanted else ()
    at = next((end for end in ends if start[end : end + len(wanted)] == wanted), 0)
    length = at + len(wanted)
    return own[at:] if at and len(own) > length and found[:length] == start[:length] else own


def _without_tag(own: Sequence[str], tag: str) -> list[str]:
    """Return words in lower case, without those of a tag if they begin with these."""
    above = words(tag)
    is_there = len(own) > len(above) and _folded(own[: len(above)]) == _folded(above)
    return _folded(own[len(above) :] if is_there else own)


def _shortened(name: str, path: str) -> str:
    """Return the ends of a name, and a number made of the path in place of its midst."""
    number = number_of(path)
    first, *others = name.split("_")
    found: list[str] = []
    while others and len("_".join([first, *found, others[-1], number])) <= _LONGEST:
        found.insert(0, others.pop())
    return "_".join([first, *found, number])[:_LONGEST]


def model_module(
    class_name: str, qualifiers: Collection[str] = (), modules: Collection[str] = ()
) -> str:
    """Return the module for a class in a package of many: the first word of its name.

    Args:
        class_name: The class.
        qualifiers: Words that say too little for a module: there, it is the first two.
        modules: Those that there are, such as `chat_completion`, if they are configured: the
            longest with which the name begins, or else the one for others.
    """
    if modules:
        found = _folded(words(class_name))
        near = ("_".join(found[:length]) for length in range(len(found), 0, -1))
        return next((_module(one) for one in near if one in modules), OTHER_MODELS)
    first, *others = words(class_name)
    return _module(f"{first}_{others[0]}" if first in qualifiers and others else first)


def _module(name: str) -> str:
    return _variable(name.lower(), "model", frozenset({"models"}))


def field_names(spec_name: str) -> tuple[str, ...]:
    """Return the names for the field of a property, the best first."""
    return _variables(spec_name, "field", _NO_FIELDS)


def argument_names(spec_name: str, location: str) -> tuple[str, ...]:
    """Return the names for the argument of a parameter, the best first."""
    first, *others = _variables(spec_name, "argument", _NO_ARGUMENTS)
    return tuple(dict.fromkeys([first, f"{location}_{first}", *others]))


def member_names(value: str) -> tuple[str, ...]:
    """Return the names for the member of an enumeration for one of its values, the best first."""
    return tuple(dict.fromkeys([member_name(value), exact_member_name(value)]))


def field_name(spec_name: str) -> str:
    """Return the field for a property."""
    return field_names(spec_name)[0]


def argument_name(spec_name: str) -> str:
    """Return the argument for a parameter."""
    return argument_names(spec_name, "")[0]


def member_name(value: str) -> str:
    """Return the member of an enumeration for one of its values."""
    signed = re.sub(r"^[+-](?=\w)", lambda sign: f"{signs(sign[0])}_", spelt(value))
    name = "_".join(words(signed)).upper() or (signs(value).upper() if value else "EMPTY")
    return _member(normalize("NFKC", name))


def exact_member_name(value: str) -> str:
    """Return a member whose name no other value has: case kept, other characters by code."""
    name = coded(value)
    return _member(name if name[:1].isalpha() else f"VALUE_{name}")


def credential_names(spec_name: str) -> tuple[str, ...]:
    """Return the names for the argument of the client for a security scheme, the best first."""
    return _variables(spec_name, "credential", CLIENT_ARGUMENTS | CLIENT_GLOBALS)


def server_arguments(spec_name: str) -> tuple[str, ...]:
    """Return the names for the argument of the client for a variable of a server's URL."""
    first, *others = _variables(spec_name, "part", CLIENT_ARGUMENTS | CLIENT_GLOBALS)
    return tuple(dict.fromkeys([first, f"server_{first}", *others]))


def is_identifier(name: str) -> bool:
    """Tell whether `name` may be used as it is in generated code."""
    is_plain = normalize("NFKC", name) == name and not keyword.iskeyword(name)
    return name.isidentifier() and is_plain


def _folded(text: Iterable[str]) -> list[str]:
    return [word.lower() for word in text]


def _member(name: str) -> str:
    name = name if name[:1].isidentifier() and name[0] != "_" else f"VALUE_{name}"
    return f"{name}_" if keyword.iskeyword(name) or name in ENUM_NAMES | AMBIGUOUS_NAMES else name


@lru_cache(maxsize=4096)  # most schemas have the same properties as others
def _variables(spec_name: str, fallback: str, taken: frozenset[str]) -> tuple[str, ...]:
    """Return the variables for a name: in snake case, as it is spelt, and with all its signs."""
    plain = _variable(snake(spelt(spec_name)) or signs(spec_name), fallback, taken)
    bare = spec_name.lstrip("_")
    behind = "_" * (len(spec_name) - len(bare))  # `_id` is private to nobody here
    near = f"{bare}{behind}" if is_identifier(bare) else exact(spec_name)
    return tuple(
        dict.fromkeys(
            [plain, _variable(near, fallback, taken), _variable(coded(spec_name), fallback, taken)]
        )
    )


def _variable(name: str, fallback: str, taken: frozenset[str] = frozenset()) -> str:
    name = normalize("NFKC", name.lstrip("_")) or fallback
    name = name if name[0].isidentifier() else f"{fallback}_{name}"
    is_taken = keyword.iskeyword(name) or name in taken or name in AMBIGUOUS_NAMES
    return f"{name}_" if is_taken else name


def _leading_letter(name: str, fallback: str) -> str:
    name = normalize("NFKC", name)
    name = name if name[:1].isidentifier() else f"{fallback}{name}"
    return f"{name}_" if keyword.iskeyword(name) else name
