"""Servers: the URL of a document is taken apart, so that clients need not interpret it.

A URL is a text with `{variables}` (OpenAPI 3.1, section 4.8.5). Authors leave some undeclared, and
write examples that are no URLs (`https://[your-domain]/api`): neither is in the way of a client.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from urllib.parse import quote

from vcgen import ir
from vcgen.building.openapi import Server
from vcgen.records import replace
from vcgen.text import naming
from vcgen.text.clashes import Claim, settle

# Hosts that stand in a document because its authors tested there.
_PLACEHOLDERS = frozenset({"localhost", "127.0.0.1", "example.com"})
_AUTHORITY = re.compile(r"([\w.~-]*\w|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
_SCHEMES = frozenset({"http", "https"})
_HTTPS = (ir.UrlPart("https"),)
_HOST = ir.UrlPart(is_host=True)

_VARIABLE = re.compile(r"\{([^{}/]*)\}")
# Stands for a variable while a URL is taken apart.
_MARK = "\0"
_ZONES = re.compile(r"(?:(?:([^/?#]*):)?//([^/?#]*))?([^?#]*)", re.DOTALL)
# What a path may contain as it is (RFC 3986, section 3.3), and what is escaped in it already.
_PATH = "/:@!$&'()*+,;=~%"

_Parts = tuple[ir.UrlPart, ...]


def build_server(servers: Sequence[Server] | None, taken: Collection[str]) -> ir.Server:
    """Return where the operations are: the first server, or its like on the caller's host.

    Args:
        servers: Those of the document.
        taken: The other arguments of the client.
    """
    server = _server(servers[0]) if servers else ir.Server()
    claims = [
        Claim(one.spec_name, naming.server_arguments(one.spec_name)) for one in server.variables
    ]
    names = dict(zip((one.spec_name for one in claims), settle(claims, taken), strict=True))

    def named(parts: _Parts) -> _Parts:
        return tuple(
            (
                replace(part, variable=replace(one, name=names[one.spec_name]))
                if (one := part.variable)
                else part
            )
            for part in parts
        )

    zones = map(named, (server.scheme, server.host, server.path, server.whole))
    return ir.Server(*zones)


def _server(source: Server) -> ir.Server:
    url = _Url(source)
    scheme, authority, path = url.zones()
    scheme = scheme or _HTTPS
    named = tuple(url.usual_host if part == _HOST else part for part in authority)
    is_web = _filled(scheme).lower() in _SCHEMES
    host = _AUTHORITY.fullmatch(_filled(named))
    is_real = is_web and host is not None and host[1] not in _PLACEHOLDERS
    is_open = _HOST in authority
    server = ir.Server(
        scheme if is_real or (is_web and is_open) else _HTTPS,
        authority if is_open else (_HOST,),
        path,
    )
    if not is_real:
        return server
    whole = (*scheme, ir.UrlPart("://"), *named, *path)
    return replace(server, whole=ir.joined(url.whole() if url.spanning else whole))


class _Url:
    """The URL of a server.

    Attributes:
        spanning: The variables that are more than a part of it, as one that is `https://h/api`.
    """

    def __init__(self, server: Server) -> None:
        self._text = server.url.replace(_MARK, "")
        self._declared = {
            name: ir.ServerVariable(
                name, name, one.default, _values(one.enum, one.default), "", one.description or ""
            )
            for name, one in (server.variables or {}).items()
        }
        self.spanning = {name for name, one in self._declared.items() if "/" in (one.default or "")}

    @property
    def usual_host(self) -> ir.UrlPart:
        """What the document says that `{host}` is where the caller says nothing."""
        declared = self._declared.get("host")
        return ir.UrlPart((declared and declared.default) or "")

    def zones(self) -> tuple[_Parts, _Parts, _Parts]:
        """Return what the scheme, the authority and the path are made of."""
        masked, names = "", list[str]()
        for index, text in enumerate(_VARIABLE.split(self._text)):
            if not index % 2:
                masked += text
            elif text in self.spanning and not _zones(masked)[2]:
                masked += self._declared[text].default or ""
            else:
                masked += _MARK
                names.append(text)
        scheme, authority, path = _zones(masked)
        rest = iter(names)
        return (
            tuple(self._parts(scheme, rest)),
            tuple(self._parts(authority, rest, is_authority=True)),
            tuple(self._parts(_path(path), rest)),
        )

    def whole(self) -> _Parts:
        """Return what all of it is made of."""
        masked = _VARIABLE.sub(_MARK, self._text)
        names = iter(_VARIABLE.findall(self._text))
        return tuple(self._parts(re.split("[?#]", masked)[0].rstrip("/"), names))

    def _parts(
        self, masked: str, names: Iterator[str], *, is_authority: bool = False
    ) -> Iterator[ir.UrlPart]:
        for index, text in enumerate(masked.split(_MARK)):
            if index:
                name = next(names)
                is_host = is_authority and name == "host"
                yield _HOST if is_host else ir.UrlPart(variable=self._variable(name))
            if text:
                yield ir.UrlPart(text)

    def _variable(self, name: str) -> ir.ServerVariable:
        found = self._declared.get(name) or ir.ServerVariable(name, name)
        known = "".join(filter(None, (found.default, *found.values)))
        return replace(found, signs="".join(sorted({*re.sub(r"[A-Za-z0-9._~-]", "", known)})))


def _values(values: Iterable[str] | None, default: str) -> tuple[str, ...]:
    """Return what a variable can be; its default is one of these, whatever the document says."""
    return tuple(dict.fromkeys([*values, default])) if values else ()


def _zones(masked: str) -> tuple[str, str, str]:
    """Return the scheme, the authority and the path of a URL, without what follows these."""
    found = _ZONES.match(masked)
    return (found[1] or "", found[2] or "", found[3]) if found else ("", "", "")


def _path(masked: str) -> str:
    """Return a path from the root, without a slash at its end, escaped where it must be."""
    whole = re.sub(r"^(\.{0,2}(/|$))*", "/", masked).rstrip("/")
    return _MARK.join(quote(part, safe=_PATH, errors="replace") for part in whole.split(_MARK))


def _filled(parts: Iterable[ir.UrlPart]) -> str:
    """Return a part of a URL where the caller chooses nothing; what is not known is a letter."""
    return "".join(part.shown if part.is_known else "x" for part in parts)


def own_server(source: Server, usual: ir.Server) -> ir.OwnServer | None:
    """Return the server that an operation has for itself, None if it is the usual one.

    A variable that the client has an argument for, with the same default and values, is this.
    """
    chosen = {_unnamed(one): one for one in usual.variables if not one.is_needed}

    def known(parts: _Parts) -> _Parts:
        return tuple(
            (
                replace(part, variable=chosen.get(_unnamed(part.variable), part.variable))
                if part.variable
                else part
            )
            for part in parts
        )

    found = _server(source)
    zones = map(known, (found.scheme, found.host, found.path, found.whole))
    if ir.Server(*zones) == usual:
        return None
    shared = {*chosen.values()}
    url = (
        part if part.variable in shared or part.variable is None else ir.UrlPart(part.shown)
        for part in known(found.apart)
    )
    return ir.OwnServer(ir.shown(found.apart), ir.joined(url))


def offered_servers(servers: Iterable[Server] | None) -> tuple[str, ...]:
    """Return the URLs under which something is, as they are shown."""
    return tuple(ir.shown(_server(one).apart) for one in servers or ())


def _unnamed(variable: ir.ServerVariable) -> ir.ServerVariable:
    """Return a variable as the document has it, whatever is said of it."""
    return replace(variable, name="", doc="", signs="")
