"""Operations become functions and methods, grouped by tag into resources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from vcgen import ir
from vcgen.building.clashes import refuse_chosen
from vcgen.building.contents import Contents
from vcgen.building.context import Context
from vcgen.building.failures import Failures
from vcgen.building.located import LocatedOperation, located_operations
from vcgen.building.openapi import Operation, Response
from vcgen.building.parameters import Parameters
from vcgen.building.replies import reply_names
from vcgen.building.schemas import Schemas
from vcgen.building.servers import offered_servers, own_server
from vcgen.building.unions import join
from vcgen.records import Record, replace
from vcgen.text import method_names, naming, templates
from vcgen.text.media_types import JSON
from vcgen.text.prose import since_of

# Methods that change nothing: to these, a server only answers 304 if it is asked for changes.
_READING = frozenset({"get", "head", "query"})
# Methods whose responses are there for their content.
_RETRIEVING = frozenset({"get", "query"})
# What tools describe a response as of which they know nothing: "" is of NestJS, "OK" of Django
# Ninja, Nitro, Spring and others that write the phrase of the status, "Success" of ASP.NET, and the
# number of the status of ts-rest.
_UNTOLD = frozenset(
    {"", "accepted", "created", "default response", "ok", "success", "successful response"}
)
# Statuses that have no content (RFC 9110, section 15.3).
_EMPTY = frozenset({204, 205})


class _Reply(Record):
    """A reply, and what the class of its body is named after if it needs one of its own."""

    status: int | str
    response: Response
    pointer: str
    is_success: bool
    name: str = ""


class Operations:
    """The resources of the package."""

    def __init__(
        self, context: Context, schemas: Schemas, failures: Failures, server: ir.Server
    ) -> None:
        self._context = context
        self._failures = failures
        self._server = server
        self._servers: dict[str, ir.OwnServer] = {}
        self._parameters = Parameters(context, schemas)
        self.contents = Contents(context, schemas)

    @property
    def servers(self) -> tuple[ir.OwnServer, ...]:
        """The servers that only some operations have, in the order of these."""
        return tuple(self._servers.values())

    def resources(self, schemes: Mapping[str, str]) -> tuple[ir.Resource, ...]:
        """Return the operations by tag; `schemes` gives each security scheme's argument."""
        by_tag = self._by_tag()
        docs = {tag.name: tag.description for tag in self._context.document.tags or []}
        found: dict[str, ir.Resource] = {}
        for tag, group in by_tag.items():
            resource = self._resource(tag, docs.get(group[0].tag), group, schemes)
            if not naming.is_free_attribute(resource.attribute):
                refuse_chosen(self._context, group[0].pointer, resource.attribute, "tags", tag)
            other = found.setdefault(resource.attribute, resource)
            if other is not resource:
                self._context.refuse(
                    group[0].pointer,
                    f'tags "{other.spec_name}" and "{tag}" both become the resource '
                    f"{resource.attribute}",
                    f'name one in the configuration: rename.tags."{tag}" = "..."',
                )
        self.contents.check()
        return tuple(found.values())

    def _by_tag(self) -> dict[str, list[LocatedOperation]]:
        """Return the operations by tag; those that the configuration moves are with the others."""
        by_tag: dict[str, list[LocatedOperation]] = {}
        moved: list[LocatedOperation] = []
        for source in located_operations(self._context):
            if "." in self._configured(source):
                moved.append(source)
            else:
                by_tag.setdefault(source.resource, []).append(source)
        tags = {self._attribute(tag): tag for tag in by_tag}
        for source in moved:
            attribute = self._configured(source).partition(".")[0]
            by_tag.setdefault(tags.get(attribute, attribute), []).append(source)
        return by_tag

    def _attribute(self, tag: str) -> str:
        options = self._context.options
        return options.tags.get(tag) or naming.resource_attribute(tag, options.roots)

    def _configured(self, source: LocatedOperation) -> str:
        """Return what the configuration calls an operation: a method, `resource.method`, or ""."""
        renames = self._context.options.operations
        return renames.get(source.name) or renames.get(source.operation.operationId or "") or ""

    def _resource(
        self, tag: str, doc: str | None, group: list[LocatedOperation], schemes: Mapping[str, str]
    ) -> ir.Resource:
        options = self._context.options
        attribute = self._attribute(tag)
        methods: dict[str, LocatedOperation] = {}
        operations: list[ir.Operation] = []
        for source in group:
            operation = self._operation(source, attribute, schemes)
            other = methods.setdefault(operation.name, source)
            if other is not source:
                self._context.refuse(
                    source.pointer,
                    f'"{other.name}" and "{source.name}" both become '
                    f"{attribute}.{operation.name}",
                    f'name one in the configuration: rename.operations."{source.name}" = "..."',
                )
            operations.append(operation)
        return ir.Resource(
            naming.resource_class(options.tags.get(tag) or tag, options.roots),
            tag,
            attribute,
            self._context.docs.of_class(doc) or f"Operations of {tag}.",
            tuple(operations),
        )

    def _operation(
        self, source: LocatedOperation, attribute: str, schemes: Mapping[str, str]
    ) -> ir.Operation:
        name = self._name(source)
        path, _ = templates.split(source.path)
        operation = source.operation
        owner = f"{attribute}.{name}"
        returns, failures, raises_doc = self._responses(source, owner)
        parameters = self._parameters.arguments(source, owner)
        hidden = frozenset(argument.name for argument in parameters)
        security = self._security(operation, schemes)
        return ir.Operation(
            name=name,
            key=source.name,
            operation_id=operation.operationId or "",
            function=f"{attribute}__{name}",
            method=source.verb,
            path=path,
            parameters=parameters,
            fixed_query=self._parameters.fixed_query(source),
            body=self.contents.body(source, owner),
            security=tuple(names for names, _ in security),
            returns=tuple(one.beside(hidden) for one in returns),
            failures=tuple(one.beside(hidden) for one in failures),
            result=join(answer.type for answer in returns),
            doc=self._context.docs.of_operation(operation.summary, operation.description),
            raises_doc=raises_doc,
            deprecated=bool(operation.deprecated),
            is_brief=self._context.docs.is_brief,
            scopes=tuple(scopes for _, scopes in security),
            server=self._own_server(source),
            offered=offered_servers(source.operation.servers or source.item.servers),
            since=since_of(f"{operation.summary or ''}\n\n{operation.description or ''}"),
        )

    def _own_server(self, source: LocatedOperation) -> str:
        """Return what the server is called that an operation or its path has for itself, or ""."""
        servers = source.operation.servers or source.item.servers
        own = own_server(servers[0], self._server) if servers else None
        return self._servers.setdefault(own.name, own).name if own else ""

    def _name(self, source: LocatedOperation) -> str:
        operation_id = source.operation.operationId or ""
        configured = self._configured(source).rpartition(".")[2]
        return configured or method_names.operation_name(
            operation_id, source.tag, source.method, source.path
        )

    def _responses(
        self, source: LocatedOperation, owner: str
    ) -> tuple[tuple[ir.Answer, ...], tuple[ir.Failure, ...], tuple[ir.Raise, ...]]:
        answers: list[ir.Answer] = []
        failures: list[ir.Failure] = []
        docs: dict[str, str] = {}
        replies = self._replies(source)
        for reply in replies:
            name = f"{owner}.{reply.name}"
            if reply.is_success:
                found = self.contents.answer(
                    reply.status, source, reply.response, reply.pointer, name
                )
                answers.append(found)
            else:
                body = self.contents.error(reply.response, reply.pointer)
                failures.append(self._failures.failure(reply.status, *body, name))
                # Beside no other success, what comes by default is described as one.
                is_both = any(one.status == reply.status for one in answers)
                text = None if is_both else reply.response.description
                for error, doc in self._failures.reasons(failures[-1], text):
                    docs[error] = _with(docs.get(error, ""), doc)
        self._failures.complete(failures)
        if not answers:
            # The document declares nothing of a success.
            answers.append(ir.Answer("2XX", "NoContent", ir.NONE))
        is_open = source.method in _RETRIEVING or _are_untold(source.method, replies)
        if is_open and _lack_description(answers):
            answers = list(map(_of_any_kind, answers))
        raises = (ir.Raise(name, doc) for name, doc in docs.items() if doc)
        return tuple(answers), tuple(failures), tuple(raises)

    def _replies(self, source: LocatedOperation) -> list[_Reply]:
        """Return the replies of an operation: success, error, or (by default) perhaps both."""
        responses = source.operation.responses or {}
        may_be_same = source.method not in _READING or self._parameters.is_conditional(source)
        successes = _successes(responses, may_be_same=may_be_same)
        found: list[_Reply] = []
        for key, node in sorted(responses.items()):
            response: Response
            response, pointer = self._context.resolve(node, f"{source.pointer}/responses/{key}")
            status = int(key) if key.isdigit() else key if key == "default" else key.upper()
            kinds = [True] if key in successes else []
            kinds += [False] if key.startswith(("4", "5")) or key == "default" else []
            found += (_Reply(status, response, pointer, is_success) for is_success in kinds)
        return self._named(source, found)

    def _named(self, source: LocatedOperation, replies: list[_Reply]) -> list[_Reply]:
        named: dict[tuple[bool, str], str] = {}
        for is_success, word in ((True, "response"), (False, "error")):
            schema = partial(self.contents.reply, source) if is_success else self.contents.error
            inline = [
                (str(one.status), *schema(one.response, one.pointer))
                for one in replies
                if one.is_success is is_success
            ]
            for status, name in reply_names(inline, word).items():
                named[is_success, status] = name
        found = [(one, named.get((one.is_success, str(one.status)))) for one in replies]
        return [replace(one, name=name) if name else one for one, name in found]

    def _security(
        self, operation: Operation, schemes: Mapping[str, str]
    ) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """Return the alternatives: the arguments for the credentials, and the scopes of each."""
        security = operation.security
        if security is None:
            security = self._context.document.security or []
        alternatives = [
            (
                tuple(schemes[name] for name in alternative if name in schemes),
                tuple(sorted(f"{name} {one}" for name in alternative for one in alternative[name])),
            )
            for alternative in security
        ]
        # That none are needed too is the last resort, for the first that is complete is sent.
        is_secured = any(names for names, _ in alternatives)
        return tuple(sorted(alternatives, key=lambda one: not one[0])) if is_secured else ()


def _with(said: str, more: str) -> str:
    """Return what is said of an exception, with what another reply adds."""
    if not more or more in said:
        return said
    gap = "\n\n" if "\n" in said + more else " "
    return gap.join(filter(None, (said, more)))


def _of_any_kind(answer: ir.Answer) -> ir.Answer:
    """Return how whatever a server sends is read; JSON is asked for first."""
    json, others = JSON, ("*/*",)
    return replace(answer, reader="Anything", type=ir.ANY, media_type=json, also=others)


def _are_untold(method: str, replies: Iterable[_Reply]) -> bool:
    """Tell whether nothing is said of any success, not even in words that there is none."""
    said = ((one, one.response.description.strip()) for one in replies if one.is_success)
    untold = (
        text == str(one.status) or text.removesuffix(".").casefold() in _UNTOLD
        for one, text in said
    )
    return method != "head" and all(untold)


def _lack_description(answers: Sequence[ir.Answer]) -> bool:
    """Tell whether a server may send content, of which the document says nothing at all."""
    if any(one.reader != "NoContent" for one in answers):
        return False
    statuses = [one.status for one in answers]
    return any(one not in _EMPTY and not str(one).startswith("3") for one in statuses)


def _successes(responses: Mapping[str, object], *, may_be_same: bool) -> list[str]:
    """Return the statuses that mean success: where none of 2xx is declared, what may come then.

    304 is one, too, of an operation that can be asked for what has changed, and of one that changes
    something: there it means that nothing was to be done, as for a container that runs already.
    """
    for wanted in ("2", "3", "default"):
        if found := [key for key in responses if key.startswith(wanted)]:
            is_more = wanted == "2" and may_be_same and "304" in responses
            return [*found, "304"] if is_more else found
    return []
