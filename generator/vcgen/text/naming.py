"""Names: identifiers of the generated code are decided here, each from its own spec name alone.

Those of methods are in `method_names`, for they depend on tags and paths, too. Where several in one
class or operation want one name, it is one of those that are offered here; `clashes` says whose.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from unicodedata import normalize

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
from vcgen.text.words import coded, exact, folded, parts, signs, spelt, words

# What fields and arguments are not called.
_NO_FIELDS = ANNOTATION_NAMES | MODEL_NAMES
_NO_ARGUMENTS = frozenset({"body", "self"})
# The module for models that none of the configured ones is for.
OTHER_MODELS = "others"
# Words in capitals, as constants have them; trpc-to-openapi calls errors so.
# What follows them in capitals, behind another sign, goes on with that: `WM_CONSUMER.ID`.
_SHOUTED = re.compile(
    r"(?<!\w)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?:[.-][A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)*(?!\w)"
)


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
    return name if is_free_class(name) else f"{name}Model"


def is_free_class(name: str) -> bool:
    """Tell whether the package itself has no class that is called so, whatever is in it."""
    is_taken = name in FIXED_CLASSES or name in STATUS_NAMES.values()
    return not is_taken and not name.endswith(("Like", "Operations"))


def is_free_attribute(name: str) -> bool:
    """Tell whether the client itself has no attribute that is called so."""
    return name not in CLIENT_NAMES


def is_free_field(name: str) -> bool:
    """Tell whether the code around a field does not need its name for something else."""
    return name not in _NO_FIELDS | FIXED_CLASSES


def is_free_argument(name: str) -> bool:
    """Tell whether the code around an argument does not need its name for something else."""
    return name not in _NO_ARGUMENTS | FIXED_CLASSES


def like(class_: str) -> str:
    """Return the name of what callers may give for a class; no class is called so."""
    return f"{class_}Like"


def classes_apart(spec_name: str, own: str, roots: Iterable[str]) -> tuple[str, ...]:
    """Return the classes for a schema whose own class `own` is another schema's, the best first."""
    spelt_out = class_name(exact(without_root(spec_name, roots)))
    return (f"{own}_",) if spelt_out == own else (spelt_out, f"{own}_")


def classes_inside(own: str) -> Iterator[str]:
    """Yield the classes for a schema inside another, whose class `own` is a component's."""
    while True:
        own = f"{own}Inline"
        yield own


def exception_name(spec_name: str, roots: Iterable[str]) -> str:
    """Return the exception for the error schema `spec_name`: its last part."""
    last = re.split(r"[./]", without_root(spec_name, roots))[-1]
    name = _leading_letter(pascal(last), "Error")
    is_taken = name in FIXED_CLASSES or name.endswith("Like")
    return f"{name}Exception" if is_taken else name


def kind_exception(kind: str, spec_name: str, roots: Iterable[str]) -> str:
    """Return the exception for a kind of error: `NOT_FOUND` is `NotFound`, else as its schema."""
    if re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", kind):
        spec_name = "".join(word.capitalize() for word in kind.split("_"))
    return exception_name(spec_name, roots)


def _spoken(shouted: re.Match[str]) -> str:
    """Return several words in capitals with a capital for each; one may be an abbreviation."""
    first = re.split("[.-]", shouted[0])[0].split("_")
    several = sum(word[0].isalpha() for word in first) > 1
    said = shouted[0]
    return re.sub("[A-Z0-9]+", lambda word: word[0].capitalize(), said) if several else said


def status_class(status: int | str) -> str:
    """Return the exception for an HTTP status: its registered name, or `Status499`."""
    number = int(status) if str(status).isdigit() else 0
    return STATUS_NAMES.get(number, f"Status{status}")


def well_known_exceptions() -> tuple[str, ...]:
    """Return the exceptions for statuses that any server may answer with."""
    return tuple(map(status_class, WELL_KNOWN_STATUSES))


def resource_class(tag: str, roots: Iterable[str]) -> str:
    """Return the class that holds the operations of `tag`."""
    return _leading_letter(pascal(without_root(tag, roots)), "Tag") + "Operations"


def resource_attribute(tag: str, roots: Iterable[str]) -> str:
    """Return the attribute of the client that holds the operations of `tag`."""
    return variable(snake(without_root(tag, roots)), "tag", CLIENT_NAMES)


def model_module(class_name: str, qualifiers: Collection[str], modules: Collection[str]) -> str:
    """Return the module for a class in a package of many: the first word of its name.

    Args:
        class_name: The class.
        qualifiers: Words that say too little for a module: there, it is the first two.
        modules: Those that there are, such as `chat_completion`, if they are configured: the
            longest with which the name begins, or else the one for others.
    """
    if modules:
        found = folded(words(class_name))
        near = ("_".join(found[:length]) for length in range(len(found), 0, -1))
        return next((_module(one) for one in near if one in modules), OTHER_MODELS)
    first, *others = words(class_name)
    return _module(f"{first}_{others[0]}" if first in qualifiers and others else first)


def _module(name: str) -> str:
    return variable(name.lower(), "model", frozenset({"models"}))


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


def _member(name: str) -> str:
    name = name if name[:1].isidentifier() and name[0] != "_" else f"VALUE_{name}"
    return f"{name}_" if keyword.iskeyword(name) or name in ENUM_NAMES | AMBIGUOUS_NAMES else name


@lru_cache(maxsize=4096)  # most schemas have the same properties as others
def _variables(spec_name: str, fallback: str, taken: frozenset[str]) -> tuple[str, ...]:
    """Return the variables for a name: in snake case, as it is spelt, and with all its signs."""
    plain = variable(snake(spelt(spec_name)) or signs(spec_name), fallback, taken)
    bare = spec_name.lstrip("_")
    behind = "_" * (len(spec_name) - len(bare))  # `_id` is private to nobody here
    near = f"{bare}{behind}" if is_identifier(bare) else exact(spec_name)
    return tuple(
        dict.fromkeys(
            [plain, variable(near, fallback, taken), variable(coded(spec_name), fallback, taken)]
        )
    )


def variable(name: str, fallback: str, taken: frozenset[str] = frozenset()) -> str:
    """Return a name as that of a variable, with an underscore behind it if it is taken."""
    name = normalize("NFKC", name.lstrip("_")) or fallback
    name = name if name[0].isidentifier() else f"{fallback}_{name}"
    is_taken = keyword.iskeyword(name) or name in taken or name in AMBIGUOUS_NAMES
    return f"{name}_" if is_taken else name


def _leading_letter(name: str, fallback: str) -> str:
    name = normalize("NFKC", name)
    name = name if name[:1].isidentifier() else f"{fallback}{name}"
    return f"{name}_" if keyword.iskeyword(name) else name
