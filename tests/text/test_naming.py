"""Names: what each spec name becomes, and that whatever it is, Python can bear it."""

from __future__ import annotations

import ast
import builtins
import enum
import keyword
import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vcgen.building import Options, build
from vcgen.building.openapi import load
from vcgen.errors import SpecError
from vcgen.text import method_names, naming, reserved
from vcgen.text.words import words
from vcgen.writing import rendering

ROOTS = ("Vcenter", "Vapi", "Cis")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("start_time", ["start", "time"]),
        ("start-time", ["start", "time"]),
        ("start.time", ["start", "time"]),
        ("$Task", ["Task"]),
        ("startTime", ["start", "Time"]),
        ("StartTime", ["Start", "Time"]),
        ("DNSServers", ["DNS", "Servers"]),
        ("NetBIOSMode", ["Net", "BIOS", "Mode"]),
        ("vmIDs", ["vm", "IDs"]),
        ("VMs", ["VMs"]),
        ("IPv4Address", ["IPv4", "Address"]),
        ("enableIPv6", ["enable", "IPv6"]),
        ("ipv6", ["ipv6"]),
        ("size_MiB", ["size", "MiB"]),
        ("frequencyMHz", ["frequency", "MHz"]),
        ("linkMbps", ["link", "Mbps"]),
        ("vCenterId", ["vCenter", "Id"]),
        ("vSANHealthCheck", ["vSAN", "Health", "Check"]),
        ("iSCSI", ["iSCSI"]),
        ("getVCenter", ["get", "V", "Center"]),
        ("getHostQueryResponse_1", ["get", "Host", "Query", "Response", "1"]),
        ("ConfigSpec_migrationSpec", ["Config", "Spec", "migration", "Spec"]),
        ("NOT_SUPPORTED", ["NOT", "SUPPORTED"]),
        ("E1000E", ["E1000E"]),
        ("sha256sum", ["sha256sum"]),
        ("vfio_p2p_dma", ["vfio", "p2p", "dma"]),
        ("enableP2pLink", ["enable", "P2p", "Link"]),
        ("IEEE802dot1x", ["IEEE802", "dot1x"]),
        ("OAuth2Token", ["OAuth2", "Token"]),
        ("2fa", ["2fa"]),
        ("café", ["cafe"]),
        ("名前", ["名前"]),
        ("법정", ["법정"]),
        ("が", ["が"]),
        ("ИмяПользователя", ["Имя", "Пользователя"]),
        ("Straße", ["Strasse"]),
        ("Page«Item»", ["Page", "Item"]),
        ("é", ["e"]),
        ("ﬁn²", ["fin2"]),
        ("", []),
        ("?!", []),
    ],
)
def test_words_are_found_at_separators_and_at_capitals(name: str, found: list[str]) -> None:
    assert [*words(name)] == found


@pytest.mark.parametrize(
    ("name", "pascal"),
    [
        ("Guest.GlobalDNSSettings", "GuestGlobalDNSSettings"),
        ("vm/guest/customization", "VmGuestCustomization"),
        ("std_errors_error", "StdErrorsError"),
        ("HTTPError", "HTTPError"),
        ("v1.1.10", "V1_1_10"),
        ("v1.11.0", "V1_11_0"),
        ("Reference with«Engine ID,Link»", "ReferenceWithEngineIDLink"),
        ("?!", "QuestionExclamation"),
        ("", ""),
    ],
)
def test_pascal_case_keeps_the_capitals_inside_a_part(name: str, pascal: str) -> None:
    assert naming.pascal(name) == pascal


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Vcenter.Vm.Info", "Vm.Info"),
        ("vcenter/vm/guest", "vm/guest"),
        ("vapi.std.errors.not_found", "std.errors.not_found"),
        ("VapiStdErrorsNotFound", "StdErrorsNotFound"),
        ("Cis.Session", "Session"),
        ("Vcenter", "Vcenter"),
        ("Vcenter.", "Vcenter."),
        ("Vcenters.List", "Vcenters.List"),
        ("Cisco.Router", "Cisco.Router"),
        ("Other.Vcenter.Vm", "Other.Vcenter.Vm"),
        ("Vcenter.Vapi.Thing", "Vapi.Thing"),
    ],
)
def test_names_go_without_one_leading_root(name: str, rest: str) -> None:
    assert naming.without_root(name, ROOTS) == rest


@pytest.mark.parametrize(
    ("spec_name", "name"),
    [
        ("Vcenter.Vm.Guest.Customization.Info", "VmGuestCustomizationInfo"),
        ("Vapi.Std.Errors.Error", "StdErrorsError"),
        ("VcenterVmInfo", "VmInfo"),
        ("info", "Info"),
        ("2fa", "Model2fa"),
        ("Client", "ClientModel"),
        ("Exception", "ExceptionModel"),
        ("NotFound", "NotFoundModel"),
        ("UUID", "UUIDModel"),
        ("None", "None_"),
        # trpc-to-openapi
        ("error.NOT_FOUND", "ErrorNotFound"),
        ("error.INTERNAL_SERVER_ERROR", "ErrorInternalServerError"),
        ("error.CONFLICT", "ErrorCONFLICT"),
        ("USER_DTO", "UserDto"),
        ("VM_2", "VM2"),
        ("API_1_10", "API1_10"),
        ("IP_ADDRESS_2_1", "IpAddress2_1"),
        ("VPC_IPRange", "VPCIPRange"),
        ("Order.WM_CONSUMER.CHANNEL.TYPE", "OrderWmConsumerChannelType"),
        ("WM_QOS.CORRELATION_ID.item", "WmQosCorrelationIdItem"),
        ("VM_2.NIC", "VM2NIC"),
        ("API.VM", "APIVM"),
    ],
)
def test_classes_are_named_as_their_schemas_without_the_root(spec_name: str, name: str) -> None:
    assert naming.class_name(spec_name, ROOTS) == name


@pytest.mark.parametrize(
    ("spec_name", "name"),
    [
        ("Vapi.Std.Errors.NotFound", "NotFound"),
        ("vapi.std.errors.not_found", "NotFound"),
        ("Error", "Error"),
        ("ApiError", "ApiErrorException"),
        ("NotImplemented", "NotImplementedException"),
    ],
)
def test_exceptions_are_named_as_the_last_part_of_their_schemas(spec_name: str, name: str) -> None:
    assert naming.exception_name(spec_name, ROOTS) == name


@pytest.mark.parametrize(
    ("tag", "attribute", "class_"),
    [
        ("Vcenter.Vm.GuestOS", "vm_guest_os", "VmGuestOSOperations"),
        ("vm/guest/customization", "vm_guest_customization", "VmGuestCustomizationOperations"),
        ("Cis.Session", "session", "SessionOperations"),
        ("NSX-T Clusters", "nsx_t_clusters", "NSXTClustersOperations"),
        ("import", "import_", "ImportOperations"),
        ("close", "close_", "CloseOperations"),
        ("aclose", "aclose_", "AcloseOperations"),
        ("2nd", "tag_2nd", "Tag2ndOperations"),
    ],
)
def test_resources_are_named_as_their_tags(tag: str, attribute: str, class_: str) -> None:
    assert naming.resource_attribute(tag, ROOTS) == attribute
    assert naming.resource_class(tag, ROOTS) == class_


@pytest.mark.parametrize(
    ("operation_id", "tag", "name"),
    [
        ("issues/list-for-repo", "issues", "list_for_repo"),
        ("IssuesListForRepo", "issues", "list_for_repo"),
        ("issues", "issues", "issues"),
        ("Vcenter.Vm.Guest.Customization_get", "Vcenter.Vm.Guest.Customization", "get"),
        ("Vcenter.Vm.Power_start$Task", "Vcenter.Vm.Power", "start_task"),
        ("list", "vm", "list"),
        ("getVmById", "vm", "get_vm_by_id"),
        ("import", "content", "import_"),
        ("get_vm", "get", "vm"),
        ("tasks.tasklists.list", "tasklists", "list"),
        ("tasks.tasks.clear", "tasks", "clear"),
        ("redis.projects.locations.get", "projects", "locations_get"),
        ("redis.projects", "projects", "redis_projects"),
        ("a.pet_store.get", "Pet Store", "get"),
        ("a.pets.", "pets", "a_pets"),
    ],
)
def test_methods_are_named_as_their_operations_without_the_tag(
    operation_id: str, tag: str, name: str
) -> None:
    assert method_names.method_name(operation_id, tag) == name


@pytest.mark.parametrize(
    ("operation_id", "tag", "path", "name"),
    [
        ("api_tasks_list", "tasks", "/api/tasks/", "list"),
        ("api_tasks_partial_update", "Tasks", "/api/tasks/{id}/", "partial_update"),
        ("api_v1_data_sets_rows_list", "Data sets", "/api/v1/data-sets/{id}/rows", "rows_list"),
        ("apiTasksList", "tasks", "/api/tasks", "list"),
        ("api_tasks", "tasks", "/api/tasks", "api_tasks"),
        ("api_tasks_list", "tasks", "/v1/tasks/", "api_tasks_list"),
        ("api_tasks_list", "users", "/api/tasks/", "api_tasks_list"),
        # What it is a part of says more than the tag.
        ("api_tasks_notes_list", "notes", "/api/tasks/{id}/notes", "api_tasks_notes_list"),
        ("get_api_tasks", "tasks", "/api/tasks", "get_api_tasks"),
    ],
)
def test_methods_go_without_the_start_of_the_path_in_front_of_the_tag(
    operation_id: str, tag: str, path: str, name: str
) -> None:
    assert method_names.method_name(operation_id, tag, "get", path) == name


@pytest.mark.parametrize(
    ("operation_id", "tag", "name"),
    [
        ("AuthController_signIn", "Authentication", "sign_in"),
        ("CatsController_getCats", "Cats", "get_cats"),
        ("CatsController_findAll_v1", "pets", "find_all_v1"),
        ("CatsController.findAll", "Cat", "find_all"),
        ("CatsController_catsOfOwner", "cats", "of_owner"),
        # Without a tag, other classes are in the same resource.
        ("CatsController_findAll", "default", "cats_controller_find_all"),
        ("CatsController_findAll", "", "cats_controller_find_all"),
        ("CatsController_", "pets", "cats_controller"),
        ("Controller_list", "pets", "controller_list"),
        ("getController_list", "pets", "list"),
        ("get_CatsController_list", "pets", "get_cats_controller_list"),
    ],
)
def test_methods_go_without_the_class_that_nestjs_puts_in_front(
    operation_id: str, tag: str, name: str
) -> None:
    assert method_names.method_name(operation_id, tag, "get", "/cats") == name


@pytest.mark.parametrize(
    ("operation_id", "tag", "path", "name"),
    [
        ("scanArtifact", "scan", "/projects/{p}/artifacts/{a}/scan", "scan_artifact"),
        ("registerUser", "Register", "/api/v1/users/register", "register_user"),
        ("scanAllArtifacts", "scan", "/artifacts/{a}/scan", "all_artifacts"),
        ("scanArtifact", "scan", "/scan/{id}/artifact", "artifact"),
        ("scanArtifact", "scan", "/scan", "artifact"),
        ("TaskLogs", "Task", "/tasks/{id}/logs", "logs"),
        ("ContainerList", "Container", "/containers/json", "list"),
        ("recipe_getRecipe", "Recipe", "/recipe/get/recipe", "get_recipe"),
        ("scan", "scan", "/", "scan"),
    ],
)
def test_tag_that_is_what_is_done_stays(operation_id: str, tag: str, path: str, name: str) -> None:
    assert method_names.method_name(operation_id, tag, "post", path) == name


@pytest.mark.parametrize(
    ("operation_id", "name"),
    [
        ("read_flow_flows__id__get", "read_flow"),
        ("flows__id__get", "flows_id_get"),
        ("read_flow_other__id__get", "read_flow_other_id_get"),
        ("read_flow_flows__int_id__get", "read_flow"),
        ("read_flow_other__int_id__get", "read_flow_other_int_id_get"),
        ("Read.Flows_id_get", "read_flows_id_get"),
    ],
)
def test_methods_go_without_the_path_and_method_that_fastapi_and_flask_append(
    operation_id: str, name: str
) -> None:
    for path in ("/flows/{id}", "/flows/{id}?beta=true"):
        assert method_names.method_name(operation_id, "tag", "get", path) == name


@pytest.mark.parametrize(
    ("operation_id", "name"),
    [
        ("read_root__get", "read_root"),
        ("read_root_get", "read_root_get"),
        ("read_root__post", "read_root_post"),
        ("__get", "get"),
    ],
)
def test_of_the_path_of_the_root_fastapi_appends_an_underscore(
    operation_id: str, name: str
) -> None:
    for path in ("/", "/?beta=true", ""):
        assert method_names.method_name(operation_id, "tag", "get", path) == name


def test_a_long_path_becomes_a_name_of_bounded_length_and_stays_apart_from_others() -> None:
    one = (
        "/global-infra/domains/{domain-id}/gateway-policies/{policy-id}/rules/{rule-id}/statistics"
    )
    names = {
        method_names.method_name_of_path("GET", path)
        for path in (one, one.replace("global-", ""), f"{one}/{{x}}", f"{one}/{'a' * 80}")
    }
    assert len(names) == 4
    assert all(len(name) <= 60 for name in names)
    short = "/infra/tier-1s/{tier-1-id}/segments/{segment-id}/ports/{port-id}"
    assert (
        method_names.method_name_of_path("GET", short)
        == "get_infra_tier_1s_segments_ports_by_port_id"
    )


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/vm/{vm_id}", "get_vm_by_vm_id"),
        ("get", "/vm/{vmId}/guest-os", "get_vm_by_vm_id_guest_os"),
        ("get", "/columns/{tableId}{position}", "get_columns_by_table_id_by_position"),
        ("get", "/v{version}/vm.{format}", "get_v_by_version_vm_by_format"),
        ("delete", "/", "delete"),
        ("M-SEARCH", "/vm", "m_search_vm"),
    ],
)
def test_methods_without_operation_id_are_named_by_their_path(
    method: str, path: str, name: str
) -> None:
    assert method_names.method_name_of_path(method, path) == name


@pytest.mark.parametrize(
    ("spec_name", "name"),
    [
        ("end_time", "end_time"),
        ("class", "class_"),
        ("from", "from_"),
        ("str", "str_"),
        ("list", "list_"),
        ("date", "date_"),
        ("l", "l_"),
        ("d", "d"),
        ("2fa", "field_2fa"),
        ("@type", "type"),
        ("match", "match"),
        ("", "field_"),
        ("名前", "名前"),
        ("*", "asterisk"),
        ("+1", "plus_1"),
        ("-1", "minus_1"),
        ("1-1", "field_1_1"),
    ],
)
def test_fields_are_renamed_where_python_or_an_annotation_needs_the_name(
    spec_name: str, name: str
) -> None:
    assert naming.field_name(spec_name) == name


@pytest.mark.parametrize(
    ("spec_name", "name"),
    [
        ("vm", "vm"),
        ("self", "self_"),
        ("body", "body_"),
        ("in", "in_"),
        ("DateCreated<", "date_created_lt"),
        ("DateCreated>=", "date_created_gte"),
        ("state!=", "state_ne"),
        ("List<Item>", "list_item"),
    ],
)
def test_arguments_leave_self_and_body_alone(spec_name: str, name: str) -> None:
    assert naming.argument_name(spec_name) == name


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("POWERED_ON", "POWERED_ON"),
        ("poweredOn", "POWERED_ON"),
        ("powered-on", "POWERED_ON"),
        ("E1000E", "E1000E"),
        ("MHz", "MHZ"),
        ("1.1", "VALUE_1_1"),
        ("", "EMPTY"),
        ("*", "ASTERISK"),
        ("<=", "LESS_OR_EQUAL"),
        (">=", "GREATER_OR_EQUAL"),
        ("==", "EQUAL"),
        ("!=", "NOT_EQUAL"),
        ("+1", "PLUS_1"),
        ("-created", "MINUS_CREATED"),
        ("I", "I_"),
        ("name", "NAME"),
        ("None", "NONE"),
    ],
)
def test_members_are_their_values_in_capitals(value: str, name: str) -> None:
    assert naming.member_name(value) == name


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "BadRequest"),
        (404, "NotFound"),
        (413, "ContentTooLarge"),
        (418, "ImATeapot"),
        (422, "UnprocessableContent"),
        (499, "Status499"),
        (503, "ServiceUnavailable"),
    ],
)
def test_exceptions_of_a_status_have_its_registered_name(status: int, name: str) -> None:
    assert naming.status_class(status) == name


def test_every_error_status_that_python_knows_has_a_name() -> None:
    known = {status.value for status in HTTPStatus if status >= 400}
    unnamed = {status for status in known if naming.status_class(status) == f"Status{status}"}
    assert not unnamed


def test_every_builtin_class_of_this_python_is_reserved_on_all() -> None:
    classes = {name for name in dir(builtins) if name[0].isupper()}
    assert classes <= reserved.BUILTIN_CLASSES


# For any text

TEXTS = st.one_of(
    st.text(),
    st.text(alphabet=st.characters(codec="ascii")),
    st.text(alphabet="aZ0_-. $", max_size=8),
    st.text(alphabet="\u0301\u200d!?/\\'\" \n", max_size=4),
    st.sampled_from([*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *dir(str), "self"]),
    st.sampled_from(["ﬁle", "Straße", "名前", "ID\u0308", "𝒳", "ⅷ", "\ud800", "l", "O", "I"]),
)
NAMES: dict[str, Callable[[str], str]] = {
    "class": lambda text: naming.class_name(text, ROOTS),
    "exception": lambda text: naming.exception_name(text, ROOTS),
    "resource class": lambda text: naming.resource_class(text, ROOTS),
    "resource attribute": lambda text: naming.resource_attribute(text, ROOTS),
    "method": lambda text: method_names.method_name(text, "tag"),
    "method of a tag": lambda text: method_names.method_name(f"{text}_get", text),
    "method of a path": lambda text: method_names.method_name_of_path("GET", text),
    "field": naming.field_name,
    "argument": naming.argument_name,
    "member": naming.member_name,
    "exact member": naming.exact_member_name,
    "argument of the client": lambda name: naming.credential_names(name)[0],
}
HIDDEN = {
    "class": reserved.FIXED_CLASSES | set(reserved.STATUS_NAMES.values()),
    "exception": reserved.FIXED_CLASSES,
    "resource attribute": {"login", "logout", "close", "aclose"},
    "field": {"str", "int", "list", "dict", "date", "field"},
    "argument": {"self", "body"},
    "exact member": {"mro", "name", "value", "title", "is_known"},
    "argument of the client": {"self", "host", "base_url", "timeout", "verify", "http"},
}


@pytest.mark.parametrize("kind", NAMES)
@given(text=TEXTS)
def test_every_name_is_an_identifier_of_its_own(kind: str, text: str) -> None:
    name = NAMES[kind](text)
    assert name.isidentifier(), name
    assert not keyword.iskeyword(name)
    assert not name.startswith("_")
    assert name not in HIDDEN.get(kind, set())
    assert naming.is_identifier(name)


@pytest.mark.parametrize("kind", NAMES)
@given(text=TEXTS)
def test_equal_names_become_equal_names(kind: str, text: str) -> None:
    copy = "".join(list(text))
    assert NAMES[kind](text) == NAMES[kind](copy)


@given(TEXTS)
def test_words_are_made_of_letters_and_digits(text: str) -> None:
    assert all(f"a{word}".isidentifier() and "_" not in word for word in words(text))


@given(TEXTS)
def test_splitting_loses_no_letter_and_no_digit(text: str) -> None:
    plain = "".join(c for c in text if c.isascii() and c.isalnum())
    if text.isascii():
        assert "".join(words(text)) == plain
        assert not plain or naming.pascal(text).replace("_", "").lower() == plain.lower()


@given(TEXTS.map(lambda text: re.sub(r"\d", "", text)).filter(str.isascii))
def test_snake_case_is_a_fixed_point(text: str) -> None:
    once = naming.snake(text)
    assert naming.snake(once) == once


@given(TEXTS, TEXTS)
def test_exact_members_are_never_shared(one: str, other: str) -> None:
    same = naming.exact_member_name(one) == naming.exact_member_name(other)
    assert same == (one == other)


@given(st.lists(TEXTS, unique=True, max_size=8))
def test_members_make_an_enumeration(values: list[str]) -> None:
    names = [naming.exact_member_name(value) for value in values]
    made: Any = enum.StrEnum("made", dict(zip(names, values, strict=True)))
    assert [member.value for member in made] == values


# In one package


def _reply(schema: str) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": "", "content": {"application/json": {"schema": reference}}}


def _operation(tag: str, operation_id: str, **replies: str) -> dict[str, Any]:
    responses = {status[1:]: _reply(schema) for status, schema in replies.items()}
    return {
        "tags": [tag],
        "operationId": operation_id,
        "responses": responses or {"204": {"description": ""}},
    }


def _document(*operations: dict[str, Any], **schemas: dict[str, Any]) -> dict[str, Any]:
    return {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {f"/{n}": {"get": operation} for n, operation in enumerate(operations)},
        "components": {"schemas": {n.replace("__", "."): s for n, s in schemas.items()}},
    }


THING: dict[str, Any] = {"type": "object", "properties": {"a": {"type": "string"}}}


def _family(**kinds: str) -> dict[str, Any]:
    mapping = {kind: f"#/components/schemas/{schema}" for kind, schema in kinds.items()}
    return {**THING, "discriminator": {"propertyName": "a", "mapping": mapping}}


CHILD = {"allOf": [{"$ref": "#/components/schemas/Error"}]}


@pytest.mark.parametrize("name", ["api_key", "basic", "locate", "httpx2", "verify", "bearer"])
@pytest.mark.parametrize("kind", ["basic", "bearer", "apiKey"])
def test_arguments_of_the_client_hide_nothing_that_its_constructor_calls(
    name: str, kind: str
) -> None:
    key = {"type": "apiKey", "in": "header", "name": "X-Key"}
    scheme = key if kind == "apiKey" else {"type": "http", "scheme": kind}
    document = _document({**_operation("vm", "get"), "security": [{name: []}]})
    document["components"]["securitySchemes"] = {name: scheme}
    client = rendering.render(build(load(document), Options("made")))["client.py"]
    for constructor in _constructors(client):
        arguments = {argument.arg for argument in constructor.args.kwonlyargs}
        assert naming.credential_names(name)[0] in arguments
        called = {node.func for node in ast.walk(constructor) if isinstance(node, ast.Call)}
        roots = {f.value if isinstance(f, ast.Attribute) else f for f in called}
        assert arguments.isdisjoint(root.id for root in roots if isinstance(root, ast.Name))


def _constructors(module: str) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(module)):
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            yield node


@pytest.mark.parametrize(
    "document",
    [
        _document(_operation("a.b", "one"), _operation("a-b", "two")),
        _document(_operation("vm", "guest_get"), _operation("vm_guest", "get")),
        _document(_operation("Vm", "get", _200="VmOperations"), VmOperations=THING),
        _document(
            _operation("vm", "get", _200="Busy", _400="Error"),
            Busy=THING,
            Error=_family(BUSY="x.Busy"),
            x__Busy=CHILD,
        ),
        _document(
            _operation("vm", "get", _400="Error"),
            Error=_family(ONE="x.Busy", TWO="y.Busy"),
            x__Busy=CHILD,
            y__Busy=CHILD,
        ),
    ],
    ids=["tags", "functions", "resource and model", "exception and model", "kinds of error"],
)
def test_two_of_one_name_are_told_apart_or_refused(document: dict[str, Any]) -> None:
    try:
        package = build(load(document), Options("made"))
    except SpecError:
        return
    modules = rendering.render(package)
    for path in ("client.py", "operations.py", "errors.py", "models.py"):
        tops = [
            node.name
            for node in ast.parse(modules[path]).body
            if isinstance(node, ast.ClassDef | ast.FunctionDef)
        ]
        assert len(tops) == len(set(tops)), (path, tops)
    defined = {resource.name for resource in package.resources}
    assert defined.isdisjoint(package.public_models), "a resource hides a model"
    assert len(set(package.public)) == len(package.public), "two public names are one"
    mapping = document["components"]["schemas"].get("Error", {}).get("discriminator")
    kinds = set(mapping["mapping"]) if mapping else set()
    found = {kind for error in package.errors.classes for kind in error.kinds}
    assert kinds <= found, "a kind is lost"
