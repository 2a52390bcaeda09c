"""Servers and security schemes become the client classes."""

from __future__ import annotations

from generator import ir, naming
from generator.building.context import Context
from generator.building.operations import sources
from generator.openapi import SecurityScheme, extension


def build_schemes(context: Context) -> dict[str, ir.SecurityScheme]:
    """Return the security schemes that the operations use, by their names in the document."""
    used: dict[str, None] = {}
    for source in sources(context):
        security = source.operation.security
        if security is None:
            security = context.document.security or []
        used.update(dict.fromkeys(name for alternative in security for name in alternative))
    found: dict[str, ir.SecurityScheme] = {}
    for name in used:
        node = (context.components.securitySchemes or {}).get(name)
        pointer = f"#/components/securitySchemes/{name}"
        if node is None:
            context.refuse(
                pointer, "the security scheme is not defined", "define it, or rename the reference"
            )
            continue
        scheme, pointer = context.resolve(node, pointer)
        found[name] = _scheme(context, name, scheme, pointer)
    return found


def _scheme(
    context: Context, spec_name: str, scheme: SecurityScheme, pointer: str
) -> ir.SecurityScheme:
    name = naming.package_variable(extension(scheme, "x-vcgen-name") or spec_name)
    if scheme.type == "http" and (scheme.scheme or "").lower() == "basic":
        return ir.SecurityScheme(name, spec_name, "", is_basic=True)
    if scheme.type == "apiKey" and scheme.security_scheme_in == "header" and scheme.name:
        return ir.SecurityScheme(name, spec_name, scheme.name, is_basic=False)
    context.refuse(
        pointer,
        f'a security scheme of type "{scheme.type}" ({scheme.scheme or scheme.security_scheme_in}) '
        "is not supported yet",
        "leave out the operations that need it",
    )
    return ir.SecurityScheme(name, spec_name, "", is_basic=False)


def build_client(
    context: Context, schemes: dict[str, ir.SecurityScheme], resources: tuple[ir.Resource, ...]
) -> ir.Client:
    """Return the client: where the server is, how a caller proves who it is."""
    title = context.document.info.title
    servers = context.document.servers
    url = servers[0].url if servers else "/"
    variables = (servers[0].variables or {}) if servers else {}
    for name, variable in variables.items():
        if name != "host":
            url = url.replace("{" + name + "}", variable.default)
    if "://" not in url:
        url = "https://{host}" + ("/" + url.strip("/")).rstrip("/")
    session = _session(context, schemes, resources)
    return ir.Client(title, url.rstrip("/"), tuple(schemes.values()), session)


def _session(
    context: Context, schemes: dict[str, ir.SecurityScheme], resources: tuple[ir.Resource, ...]
) -> ir.Session | None:
    """Find the marked operations that open and close a session, if both were selected."""
    marked = {
        extension(source.operation, "x-vcgen-session"): source
        for source in sources(context)
        if extension(source.operation, "x-vcgen-session")
    }
    token = next((s for s in schemes.values() if s.name == "session_id"), None)
    login = next((s for s in schemes.values() if s.is_basic), None)
    if not (token and login and "create" in marked and "delete" in marked):
        return None
    methods = {
        (operation.method, operation.path): f"{resource.attribute}.{operation.name}"
        for resource in resources
        for operation in resource.operations
    }
    create, delete = marked["create"], marked["delete"]
    return ir.Session(
        methods[create.method.upper(), create.path],
        methods[delete.method.upper(), delete.path],
        token,
        login,
    )
