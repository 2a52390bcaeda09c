"""What changed of the credentials that operations want."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vcgen import ir
from vcgen.comparing.changes.change import Change, What
from vcgen.comparing.changes.comparison import Comparison, Subject


class _Alternative(NamedTuple):
    """Credentials that go together: the schemes, and the scopes that they need."""

    schemes: frozenset[str]
    scopes: frozenset[str]


_NOBODY = _Alternative(frozenset(), frozenset())


def security_changes(
    both: Comparison, subject: Subject, one: ir.Operation, other: ir.Operation
) -> Iterator[Change]:
    """Yield whether an operation wants other credentials than before."""
    names = _same_schemes(both.old.package.client, both.new.package.client)
    old, new = [_in_terms(each, names) for each in _alternatives(one)], _alternatives(other)
    if old == new:
        return
    told = _either(one), _either(other)
    passed = {
        scheme.name
        for scheme in both.new.package.client.schemes
        if any(param.required and is_sent_as(param, scheme) for param in one.parameters)
    }
    old = [_Alternative(each.schemes | passed, each.scopes) for each in old or [_NOBODY]]
    # An operation that wants no credentials takes any.
    if not new or all(any(_is_taken(sent, taken) for taken in new) for sent in old):
        yield subject.ruled(What.SECURITY, *told, "widened")
    elif all(any(taken.schemes <= sent.schemes for taken in new) for sent in old):
        yield subject.ruled(What.SECURITY, *told, "more scopes")
    else:
        yield subject.ruled(What.SECURITY, *told, "narrowed")


def _is_taken(sent: _Alternative, taken: _Alternative) -> bool:
    return taken.schemes <= sent.schemes and taken.scopes <= sent.scopes


def _alternatives(operation: ir.Operation) -> list[_Alternative]:
    scopes = operation.scopes or ((),) * len(operation.security)
    pairs = zip(operation.security, scopes, strict=True)
    return [_Alternative(frozenset(schemes), frozenset(needed)) for schemes, needed in pairs]


def _same_schemes(
    old: ir.Client, new: ir.Client
) -> Sequence[tuple[ir.SecurityScheme, ir.SecurityScheme]]:
    """Return the schemes of another name that send the same as an old one that is gone."""
    kept = {scheme.name for scheme in old.schemes} & {scheme.name for scheme in new.schemes}
    others = {sent(scheme): scheme for scheme in new.schemes if scheme.name not in kept}
    gone = [scheme for scheme in old.schemes if scheme.name not in kept]
    return [(one, others[sent(one)]) for one in gone if sent(one) in others]


def _in_terms(
    alternative: _Alternative, names: Sequence[tuple[ir.SecurityScheme, ir.SecurityScheme]]
) -> _Alternative:
    """Return an alternative with the schemes that have other names now."""
    now = {one.name: other.name for one, other in names}
    spec_names = {one.spec_name: other.spec_name for one, other in names}
    needed = (scope.partition(" ") for scope in alternative.scopes)
    return _Alternative(
        frozenset(now.get(name, name) for name in alternative.schemes),
        frozenset(f"{spec_names.get(name, name)} {scope}" for name, _, scope in needed),
    )


def _either(operation: ir.Operation) -> str:
    """Return the credentials that an operation takes, in words."""
    found = []
    for schemes, scopes in _alternatives(operation):
        needed = sorted(scope.partition(" ")[2] for scope in scopes)
        told = " and ".join(sorted(schemes)) or "none"
        found.append(f"{told} ({', '.join(needed)})" if needed else told)
    return " or ".join(found) or "none"


def is_credential(param: ir.Parameter, operation: ir.Operation, client: ir.Client) -> bool:
    """Tell whether each request of an operation has a credential in the place of a parameter."""
    places = {scheme.name for scheme in client.schemes if is_sent_as(param, scheme)}
    return bool(operation.security) and all(places & {*each} for each in operation.security)


def is_sent_as(param: ir.Parameter, scheme: ir.SecurityScheme) -> bool:
    """Tell whether a server sees no difference between a parameter and a credential."""
    places = param.location, scheme.place
    return scheme.is_key and _are_alike(places, f"{param.location} {param.spec_name}", sent(scheme))


def is_sent_alike(one: ir.SecurityScheme, other: ir.SecurityScheme) -> bool:
    """Tell whether a server sees no difference between two credentials."""
    return _are_alike((one.place, other.place), sent(one), sent(other))


def _are_alike(places: tuple[str, str], one: str, other: str) -> bool:
    """Tell whether what is sent has the same name; what headers are called has no case."""
    return one == other or ({*places} == {"header"} and one.lower() == other.lower())


def sent(scheme: ir.SecurityScheme) -> str:
    """Return what is sent of a scheme, in words."""
    if scheme.is_key:
        return f"{scheme.place} {scheme.header} {scheme.scheme}".rstrip()
    return "HTTP basic" if scheme.is_basic else "HTTP bearer"
