"""Taking: what a package needs of the run-time is found, definition by definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from pathlib import Path
from types import MappingProxyType

from vcgen.records import Record, replace
from vcgen.writing.ahead import FOLDER, Ahead
from vcgen.writing.definitions import BOTH, Definition
from vcgen.writing.formatting import formatted
from vcgen.writing.reflowing import reflowed
from vcgen.writing.style import USUAL, Style

RUNTIME = Path(__file__).parent.parent / "runtime"

# The modules of the run-time by the module that they become a part of, in the order of the text.
HOMES: Mapping[str, tuple[str, ...]] = {
    "errors": ("errors", "tables"),
    "models": tuple(
        f"models/{name}"
        for name in (
            *("base", "secret", "enums", "accepting"),
            *("hooks", "durations", "open", "unions"),
        )
    ),
    "_lenient": tuple(f"lenient/{name}" for name in ("deviations", "partial", "scalars", "walk")),
    "client": ("clients",),
    "recording": ("recording",),
    "_waiting": ("waiting",),
    "_paging": ("paging",),
    "_tasks": tuple(f"tasks/{name}" for name in ("states", "identified", "located", "handles")),
    "testing": tuple(
        f"faking/{name}"
        for name in (
            *("requests", "reading", "limits", "bodies", "forms", "multipart", "breaking"),
            *("operations", "downloads", "streams", "servers", "credentials", "sessions"),
            "grants",
        )
    ),
    "_wire": tuple(
        f"wire/{name}"
        for name in (
            *(
                "basics",
                "hidden",
                "settings",
                "calls",
                "drafts",
                "parameters",
                "styles",
                "bodies",
                "uploads",
                "forms",
            ),
            *(
                "readers",
                "downloads",
                "splitting",
                "credentials",
                "flows",
                "tries",
                "redirects",
                "connections",
            ),
            *("streaming",),
            *("sessions", "servers", "renewals", "grants", "addresses", "answers"),
            *("transport", "values", "checks"),
        )
    ),
}


class Variant(Record):
    """A module whose definitions take the place of those of the same names.

    Attributes:
        beside: The module of the run-time beside whose definitions its own stand.
        where: The sets of names each of which, once all of it is reached, asks for the variant.
    """

    name: str
    beside: str
    where: tuple[frozenset[str], ...]


# Each may override the ones before it.
VARIANTS = (
    Variant("decoding", "wire/values", (frozenset({"StandIn"}),)),
    Variant("conversions", "lenient/scalars", (frozenset({"StandIn"}),)),
    Variant("keeping", "wire/values", (frozenset({"OpenModel"}),)),
    Variant("keeping_hooks", "wire/values", (frozenset({"OpenModel", "StandIn"}),)),
    Variant("accepting", "wire/values", (frozenset({"OpenModel", "Accepting"}),)),
    Variant("accepting_hooks", "wire/values", (frozenset({"OpenModel", "Accepting", "StandIn"}),)),
    Variant("open_conversions", "models/open", (frozenset({"OpenModel", "StandIn"}),)),
    Variant("open_checks", "wire/checks", (frozenset({"OpenModel"}),)),
    Variant("open_unions", "models/unions", (frozenset({"OpenModel", "alternatives"}),)),
    Variant("open_forms", "wire/forms", (frozenset({"OpenModel", "MultipartBody"}),)),
    Variant("open_walk", "lenient/walk", (frozenset({"OpenModel"}),)),
    Variant("hidden_excerpts", "errors", (frozenset({"SECRETS"}),)),
    Variant("status_errors", "errors", (frozenset({"STATUSES"}),)),
    Variant("status_failures", "wire/answers", (frozenset({"STATUSES"}),)),
    Variant("cookies", "wire/drafts", (frozenset({"put_cookie"}),)),
    Variant("streams", "wire/connections", (frozenset({"Unread"}),)),
    Variant("item_values", "wire/answers", (frozenset({"Items"}),)),
    Variant(
        "kind_failures", "wire/answers", (frozenset({"DISCRIMINATORS"}), frozenset({"ENVELOPE"}))
    ),
    Variant("documented_failures", "wire/answers", (frozenset({"tells_something"}),)),
    Variant("open_failures", "wire/answers", (frozenset({"OpenModel", "documented"}),)),
    Variant("mixed_failures", "wire/answers", (frozenset({"DeclaringCall"}),)),
    Variant("kinds", "wire/answers", (frozenset({"DISCRIMINATORS"}),)),
    Variant("dated_failures", "wire/answers", (frozenset({"SINCE"}), frozenset({"VALUES_SINCE"}))),
    Variant("dated_operations", "wire/answers", (frozenset({"SINCE"}),)),
    Variant("dated_values", "wire/answers", (frozenset({"VALUES_SINCE"}),)),
    Variant("dated_both", "wire/answers", (frozenset({"SINCE", "VALUES_SINCE"}),)),
    Variant("envelopes", "wire/answers", (frozenset({"ENVELOPE"}),)),
)


class Taken(Record):
    """A definition, and where it stands.

    Attributes:
        home: The module that it becomes a part of.
        place: Where it stands in that among the others.
        sees: The names that are something of the package there, and not what the run-time calls so.
    """

    definition: Definition
    home: str
    place: tuple[float, ...]
    sees: Set[str] = frozenset()

    @property
    def mentions(self) -> Set[str]:
        """The names of the run-time that it may mention."""
        return self.definition.mentions - self.sees


Library = Mapping[str, Taken]


def sources(folder: Path) -> dict[str, str]:
    """Return the source of each module of the run-time, by name."""
    modules = [module for home in HOMES.values() for module in home]
    modules += [f"variants/{variant.name}" for variant in VARIANTS]
    return {one: (folder / f"{one}.py").read_text(encoding="utf-8") for one in modules}


@cache
def names(flavours: tuple[str, ...]) -> Set[str]:
    """Return the names that the run-time and its variants define."""
    return _library(tuple(variant.name for variant in VARIANTS), flavours, USUAL).keys()


def take(
    roots: Iterable[str],
    given: Mapping[str, Iterable[Definition]],
    flavours: tuple[str, ...],
    style: Style = USUAL,
    sees: Mapping[str, Set[str]] = MappingProxyType({}),
) -> Library:
    """Return the definitions that names reach, by the names that they define.

    Args:
        roots: The names that are needed.
        given: The definitions of the package itself, by home: they take the place of those of the
            same name.
        flavours: Which of `sync` and `async` there is.
        style: How the package is to be written.
        sees: The names that mean something of the package in the given definitions, by home.
    """
    plain = _library((), flavours, style)
    replaced = _replaced(plain, given, sees)
    wanted = frozenset(roots) | replaced.keys()
    reached = _closure(wanted, {**plain, **replaced})
    chosen = tuple(
        variant.name
        for variant in VARIANTS
        if any(names <= reached.keys() for names in variant.where)
    )
    library = _library(chosen, flavours, style)
    replaced = _replaced(library, given, sees)
    return _closure(frozenset(roots) | replaced.keys(), {**library, **replaced})


def _replaced(
    library: Library, given: Mapping[str, Iterable[Definition]], sees: Mapping[str, Set[str]]
) -> Library:
    """Return the definitions of the package that are in place of those of a library."""
    return {
        name: Taken(definition, home, library[name].place, sees.get(home, frozenset()))
        for home, definitions in given.items()
        for definition in definitions
        for name in definition.names
        if name in library and library[name].home == home
    }


def _closure(roots: frozenset[str], library: Library) -> Library:
    """Return what names of a library reach."""
    reached: dict[str, Taken] = {}
    waiting = [name for name in sorted(roots) if name in library]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached[name] = library[name]
            waiting += [*library[name].definition.names]
            waiting += [one for one in library[name].mentions if one in library]
    return reached


@cache
def _library(variants: tuple[str, ...], flavours: tuple[str, ...], style: Style) -> Library:
    """Return all definitions of the run-time by name, those of variants in place of others."""
    library: dict[str, Taken] = {}
    ends: dict[str, tuple[str, int, int]] = {}
    for home, modules in HOMES.items():
        for number, module in enumerate(modules):
            found = _parsed(module, flavours, style)
            ends[module] = (home, number, len(found))
            library.update(_placed(found, home, (number,)))
    for index, variant in enumerate(VARIANTS):
        if variant.name in variants:
            home, number, end = ends[variant.beside]
            found = _parsed(f"variants/{variant.name}", flavours, style)
            for name, one in _placed(found, home, (number, end + index)):
                old = library.get(name)
                library[name] = Taken(one.definition, home, old.place if old else one.place)
    return library


def _placed(
    found: Iterable[Definition], home: str, place: tuple[float, ...]
) -> Iterator[tuple[str, Taken]]:
    for number, definition in enumerate(found):
        for name in definition.names:
            yield name, Taken(definition, home, (*place, number))


@cache
def _parsed(module: str, flavours: tuple[str, ...], style: Style) -> tuple[Definition, ...]:
    text = (RUNTIME / f"{module}.py").read_text(encoding="utf-8")
    found = Ahead(FOLDER).definitions(module, text, flavours, style)
    if flavours == BOTH and style == USUAL:  # as it stands there
        return found
    return tuple(replace(one, text=_written(one.text, style)) for one in found)


def _written(text: str, style: Style) -> str:
    if style.line_length != USUAL.line_length:
        text = reflowed(text, style.line_length)
    return formatted(text, style).rstrip()
