"""What changed of the client as a whole: servers, credentials, modules."""

from __future__ import annotations

from collections.abc import Iterator

from vcgen import ir
from vcgen.comparing.changes.change import Change, Kind, What
from vcgen.comparing.changes.comparison import Comparison, Subject, documented
from vcgen.comparing.changes.credentials import is_sent_alike, sent
from vcgen.comparing.changes.view import origin

_NEEDED = "part of the URL that is needed"


def client_changes(both: Comparison) -> Iterator[Change]:
    """Yield what changed of the client and of where its classes are."""
    yield from _servers(both)
    yield from _variables(both.old.package.client.server, both.new.package.client.server)
    yield from _credentials(both.old.package.client, both.new.package.client)
    yield from _resources(both)
    for name, home in both.old.modules.items():
        other = both.classes.get(name, "")
        if (now := both.new.modules.get(other, home)) != home:
            moved = Subject(Kind.CLASS, name, "", both.old.classes[name].spec_name)
            yield moved.ruled(What.LOCATION, home, now)
    if both.old.package.is_split is not both.new.package.is_split:
        told = (
            "many modules" if view.package.is_split else "one module"
            for view in (both.old, both.new)
        )
        subject = Subject(Kind.CLIENT, "Client", "", both.old.package.client.title)
        yield subject.ruled(What.LOCATION, *told, "modules")


def _servers(both: Comparison) -> Iterator[Change]:
    old, new = both.old.package.client, both.new.package.client
    subject = Subject(Kind.CLIENT, "Client", "", old.title)
    was, now = old.server.default_url, new.server.default_url
    # What had a server for itself is not concerned; one that is only a path has the same host.
    here = [pair for pair in both.methods if not pair[0].operation.server]
    is_at_host = any(pair[0].operation.server[:1] in {"", "/"} for pair in both.methods)
    if _base_path(old) != _base_path(new) and here:
        # With it, the whole address of an operation is the same; or its own path is.
        is_same = any(both.old.address(a) == both.new.address(b) for a, b in here)
        case = "base URL" if is_same else "base path"
        if not is_same and {*map(_whole, old.offered[:1])} & {*map(_whole, new.offered)}:
            case = "base path, the old one is there"
        yield subject.ruled(What.LOCATION, old.server.url, new.server.url, case)
    elif origin(old.server.url)[0] != origin(new.server.url)[0] and not (was and now):
        yield subject.ruled(What.LOCATION, old.server.url, new.server.url, "scheme")
    if origin(was) != origin(now) and (is_at_host or not (was and now)):
        case = "default server" if was and now else "no default server" if was else "a default now"
        if was and now and origin(was) in map(origin, new.offered):
            case = "default server, the old one is there"
        yield subject.ruled(What.LOCATION, was or "none", now or "none", case)


def _variables(old: ir.Server, new: ir.Server) -> Iterator[Change]:
    """Yield what changed of the arguments for parts of the URL."""
    ones = {one.name: one for one in old.variables}
    others = {one.name: one for one in new.variables}
    for name, one in ones.items():
        subject = Subject(Kind.CLIENT, "Client", name, one.spec_name)
        other = others.get(name)
        if other is None:
            yield subject.ruled(What.REMOVED, _chosen(one), None, "part of the URL")
        elif other.values and not {*one.values} <= {*other.values}:
            case = "values of a part of the URL"
            yield subject.ruled(What.TYPE, _chosen(one), _chosen(other), case)
        elif other.is_needed and not one.is_needed:
            yield subject.ruled(What.LOCATION, _chosen(one), _chosen(other), _NEEDED)
    for name, one in others.items():
        if name not in ones:
            subject = Subject(Kind.CLIENT, "Client", name, one.spec_name)
            what = What.LOCATION if one.is_needed else What.ADDED
            case = _NEEDED if one.is_needed else "part of the URL"
            yield subject.ruled(what, "none", _chosen(one), case)


def _chosen(variable: ir.ServerVariable) -> str:
    """Return what can be chosen, as it is shown."""
    return ", ".join(variable.values) or (variable.default or "any text")


def _base_path(client: ir.Client) -> str:
    """Return the path that every address begins with."""
    return "".join(part.shown for part in client.server.path).rstrip("/")


def _whole(url: str) -> str:
    """Return a URL as it stands in front of a path."""
    return url.rstrip("/")


def _resources(both: Comparison) -> Iterator[Change]:
    others = {resource.attribute: resource for resource in both.new.package.resources}
    for resource in both.old.package.resources:
        if other := others.get(resource.attribute):
            subject = Subject(Kind.CLIENT, "Client", resource.attribute, resource.spec_name)
            yield from documented(subject, resource.doc, other.doc)


def _credentials(old: ir.Client, new: ir.Client) -> Iterator[Change]:
    ones = {scheme.name: scheme for scheme in old.schemes}
    others = {scheme.name: scheme for scheme in new.schemes}
    for name, scheme in ones.items():
        subject = Subject(Kind.CLIENT, "Client", name, scheme.spec_name)
        other = others.get(name)
        if other is None:
            yield subject.ruled(What.REMOVED, sent(scheme), None)
        elif not is_sent_alike(scheme, other):
            case = "a name and a password, or a token" if scheme.is_basic or other.is_basic else ""
            yield subject.ruled(What.SECURITY, sent(scheme), sent(other), case)
        else:
            yield from _obtaining(subject, scheme, other)
    for name, scheme in others.items():
        if name not in ones:
            subject = Subject(Kind.CLIENT, "Client", name, scheme.spec_name)
            yield subject.ruled(What.ADDED, None, sent(scheme))
    subject = Subject(Kind.CLIENT, "Client", "login", "")
    if old.session and not new.session:
        yield subject.ruled(What.REMOVED, old.session.create, None)
    elif new.session and not old.session:
        yield subject.ruled(What.ADDED, None, new.session.create)


def _obtaining(
    subject: Subject, old: ir.SecurityScheme, new: ir.SecurityScheme
) -> Iterator[Change]:
    """Yield what changed of how a credential comes about."""
    was, now = _ways(old), _ways(new)
    if set(was) - set(now):
        yield subject.ruled(What.TYPE, ", ".join(was), ", ".join(now), "ways to give a credential")
    elif was != now:
        yield subject.ruled(What.ADDED, ", ".join(was), ", ".join(now))
    elif old.grant and new.grant and old.grant.token_url != new.grant.token_url:
        case = "server of tokens"
        yield subject.ruled(What.LOCATION, old.grant.token_url, new.grant.token_url, case)


def _ways(scheme: ir.SecurityScheme) -> list[str]:
    """Return what a caller may give, beside the value itself."""
    function = ["a function"] if scheme.is_renewable else []
    return ["the value", *function, *(["ClientCredentials"] if scheme.grant else [])]
