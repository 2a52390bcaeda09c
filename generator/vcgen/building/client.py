"""Servers and security schemes become the client classes."""

from __future__ import annotations

from vcgen import ir
from vcgen.building.context import Context
from vcgen.building.located import LocatedOperation, located_operations
from vcgen.building.openapi import SecurityScheme, extension
from vcgen.errors import EXCLUDE
from vcgen.records import replace
from vcgen.text import marks, naming
from vcgen.text.clashes import Claim, settle
from vcgen.text.pointers import child
from vcgen.text.tokens import is_token

# What the HTTP client does by itself, with a certificate or an `auth` of the caller's.
_BY_HTTP_CLIENT = frozenset({("mutualTLS", ""), ("http", "digest"), ("http", "negotiate")})


def build_schemes(context: Context) -> dict[str, ir.SecurityScheme]:
    """Return the security schemes that the operations use, by their names in the document."""
    used: dict[str, None] = {}
    for source in located_operations(context):
        security = source.operation.security
        if security is None:
            security = context.document.security or []
        used.update(dict.fromkeys(name for alternative in security for name in alternative))
    found: dict[str, ir.SecurityScheme] = {}
    claims: list[Claim] = []
    for name in used:
        node = (context.components.securitySchemes or {})[name]
        scheme: SecurityScheme
        scheme, pointer = context.resolve(node, child("#/components/securitySchemes", name))
        if (scheme.type, (scheme.scheme or "").lower()) not in _BY_HTTP_CLIENT:
            found[name] = _scheme(context, name, scheme, pointer)
            wanted = extension(scheme, marks.NAME)
            names = naming.credential_names(wanted or name)
            claims.append(Claim(name, names, is_fixed=bool(wanted)))
    settled = zip(found.items(), settle(claims), strict=True)
    return {name: replace(scheme, name=argument) for (name, scheme), argument in settled}


def _scheme(
    context: Context, spec_name: str, scheme: SecurityScheme, pointer: str
) -> ir.SecurityScheme:
    """Return what a security scheme means; what its argument is called is settled later."""
    name = ""
    kind, how = scheme.type, (scheme.scheme or "").lower()
    if kind == "http" and how == "basic":
        return ir.SecurityScheme(name, spec_name, "", is_basic=True)
    if kind in {"oauth2", "openIdConnect"} or (kind == "http" and how == "bearer"):
        return ir.SecurityScheme(
            name, spec_name, "", is_basic=False, is_bearer=True, grant=_grant(scheme)
        )
    if kind == "http" and is_token(scheme.scheme or ""):
        # Whatever it is called, it goes in front of the credentials (RFC 9110, section 11.4).
        return ir.SecurityScheme(
            name, spec_name, "Authorization", is_basic=False, scheme=scheme.scheme or ""
        )
    place = scheme.security_scheme_in or ""
    if kind == "apiKey" and scheme.name and place in {"header", "query", "cookie"}:
        if place != "query" and not is_token(scheme.name):
            context.refuse(
                f"{pointer}/name",
                f"no {place} can have this name",
                f"correct the name, or {EXCLUDE}",
            )
        return ir.SecurityScheme(name, spec_name, scheme.name, is_basic=False, place=place)
    context.refuse(
        pointer,
        f'a security scheme of type "{kind}" ({how or place or "no scheme"}) is not supported',
        EXCLUDE,
    )
    return ir.SecurityScheme(name, spec_name, "", is_basic=False)


def build_client(
    context: Context,
    schemes: dict[str, ir.SecurityScheme],
    server: ir.Server,
    resources: tuple[ir.Resource, ...],
) -> ir.Client:
    """Return the client: where the server is, how a caller proves who it is."""
    session = _session(context, schemes, resources)
    # What a session begins with and what it goes on with, the client itself sees to.
    own = {session.login.name, session.token.name} if session else set[str]()
    found = tuple(
        replace(one, is_renewable=one.name not in own, grant=_with_scopes(one, resources))
        for one in schemes.values()
    )
    return ir.Client(context.document.info.title, server, found, session)


def _grant(scheme: SecurityScheme) -> ir.Grant | None:
    """Return the flow by which a program obtains tokens for itself, if there is one."""
    flow = scheme.flows and scheme.flows.clientCredentials
    if scheme.type != "oauth2" or not flow or not flow.tokenUrl:
        return None
    return ir.Grant(flow.tokenUrl, flow.refreshUrl or flow.tokenUrl)


def _with_scopes(scheme: ir.SecurityScheme, resources: tuple[ir.Resource, ...]) -> ir.Grant | None:
    """Return the flow of a scheme with the scopes that operations need."""
    if scheme.grant is None:
        return None
    start = f"{scheme.spec_name} "
    needed = {
        scope.removeprefix(start)
        for resource in resources
        for operation in resource.operations
        for alternative in operation.scopes
        for scope in alternative
        if scope.startswith(start)
    }
    return replace(scheme.grant, scopes=tuple(sorted(needed)))


def _session(
    context: Context, schemes: dict[str, ir.SecurityScheme], resources: tuple[ir.Resource, ...]
) -> ir.Session | None:
    """Find the marked operations that open and close a session, if both were selected.

    Of several pairs, which all do the same, it is the one with the shortest path.
    """
    marked: dict[str, dict[str, LocatedOperation]] = {}
    for source in located_operations(context):
        if role := extension(source.operation, marks.SESSION):
            marked.setdefault(source.path, {})[role] = source
    paths = [path for path, roles in marked.items() if {"create", "delete"} <= roles.keys()]
    token = next((s for s in schemes.values() if s.name == "session_id"), None)
    login = next((s for s in schemes.values() if s.is_basic), None)
    if not (token and login and paths):
        return None
    pair = marked[min(paths, key=len)]
    functions = {one.key: one.function for resource in resources for one in resource.operations}
    create, delete = functions[pair["create"].name], functions[pair["delete"].name]
    return ir.Session(create, delete, token, login)
