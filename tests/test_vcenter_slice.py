"""The vendor's own document of vCenter 9.1: its six operations, generated, checked and called.

What is expected is read out of the raw document here, and not by the generator.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import re
import subprocess
import sys
import typing
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
import yaml12
from openapi_schema_validator import OAS30Validator
from pytest_httpserver import HTTPServer
from referencing import Registry
from referencing.jsonschema import DRAFT4
from support import importable
from werkzeug import Request, Response

Node = dict[str, Any]

PACKAGE = "vcenter_slice"
TOKEN = "5ec4e7-of-the-caller"
METHODS = {
    "Cis.Session_get": "session.get",
    "Cis.Session_create": "session.create",
    "Cis.Session_delete": "session.delete",
    "Vcenter.Vm.Guest.Customization_get": "vm_guest_customization.get",
    "Vcenter.Vm.Guest.Customization_set": "vm_guest_customization.set",
    "Vcenter.Vm.Guest.Customization_check": "vm_guest_customization.check",
}
CUSTOMIZATION = "/api/vcenter/vm/vm-42/guest/customization"


# The document, as it is


@pytest.fixture(scope="module")
def spec() -> Path:
    path = Path(__file__).parents[2] / "shared" / "specs" / "vsphere-9.1.0" / "vcenter-slice.yaml"
    if not path.is_file():
        pytest.skip("the vendor's document is not here: ../shared/specs is missing")
    return path


@pytest.fixture(scope="module")
def document(spec: Path) -> Node:
    return cast("Node", yaml12.read_yaml(spec))


@pytest.fixture(scope="module")
def schemas(document: Node) -> dict[str, Node]:
    return cast("dict[str, Node]", document["components"]["schemas"])


def _class(name: str) -> str:
    """Return the class of a component: its name without `Vcenter`, `Vapi` or `Cis`."""
    return "".join(name.split(".")[1:])


def _enum_named(property_: Node, schemas: dict[str, Node]) -> str:
    """Return the enumeration that the text of a property refers to, or ""."""
    named = re.findall(r"For more information see: \*([\w.]+)\*\.", property_["description"])
    return next((name for name in named if "enum" in schemas.get(name, {})), "")


def _target(schema: Node, schemas: dict[str, Node]) -> Node:
    """Return the schema behind a reference, or behind an `allOf` that only wraps one."""
    reference = schema.get("$ref") or schema.get("allOf", [{}])[0].get("$ref")
    return schemas[reference.rpartition("/")[2]] if reference else schema


def _objections(
    value: Any, schema: Node, schemas: dict[str, Node], path: str = "$"
) -> Iterator[str]:
    """Yield what the document does not know: properties, and values of enumerations."""
    schema = _target(schema, schemas)
    if isinstance(value, list):
        for index, item in enumerate(cast("list[Any]", value)):
            yield from _objections(item, schema["items"], schemas, f"{path}[{index}]")
    if not isinstance(value, dict):
        return
    for key, item in cast("Node", value).items():
        property_ = schema["properties"].get(key)
        if property_ is None:
            yield f"{path}.{key} is no property"
            continue
        enum = _enum_named(property_, schemas)
        if enum and item not in schemas[enum]["enum"]:
            yield f"{path}.{key} = {item!r} is no {enum}"
        yield from _objections(item, property_, schemas, f"{path}.{key}")


def _validate(value: Any, component: str, document: Node) -> None:
    registry: Registry[Any] = Registry().with_resource(
        "urn:slice", DRAFT4.create_resource(document)
    )
    schema = {"$ref": f"urn:slice#/components/schemas/{component}"}
    validator = OAS30Validator(schema, registry=registry)
    assert [error.message for error in validator.iter_errors(value)] == []
    schemas: dict[str, Node] = document["components"]["schemas"]
    assert list(_objections(value, schemas[component], schemas)) == []


def test_the_judge_of_bodies_finds_what_is_wrong(document: Node, schemas: dict[str, Node]) -> None:
    component = "Vcenter.Vm.Guest.Customization.SetSpec"
    for wrong in ({"name": 1}, {"spec": {}}, {"nom": "gold"}):
        with pytest.raises(AssertionError):
            _validate(wrong, component, document)
    ipv4 = {"type": "STATIK"}
    objections = list(_objections(ipv4, schemas["Vcenter.Guest.Ipv4"], schemas))
    assert objections == ["$.type = 'STATIK' is no Vcenter.Guest.Ipv4.Type"]


# The package


@pytest.fixture(scope="module")
def host(spec: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a foreign project without configuration, into which the package is generated."""
    folder = tmp_path_factory.mktemp("host")
    options = ["--spec", str(spec), "--operation", "*", "--output", PACKAGE]
    done = subprocess.run(
        [sys.executable, "-m", "vcgen", "generate", *options],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def vc(host: Path) -> Iterator[Any]:
    """Return the package, imported."""
    with importable(host):
        yield importlib.import_module(PACKAGE)


def test_all_six_operations_are_methods(document: Node, vc: Any) -> None:
    identifiers = {
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict)
    }
    assert identifiers == METHODS.keys()
    for client in (vc.Client("h"), vc.AsyncClient("h")):
        methods = {
            f"{resource}.{method}"
            for resource in vars(type(client))
            if isinstance(vars(type(client))[resource], property | cached_property)
            for method in dir(getattr(client, resource))
            if not method.startswith("_")
        }
        assert methods == set(METHODS.values())


def test_every_enumeration_is_a_class(schemas: dict[str, Node], vc: Any) -> None:
    enums = {name: node["enum"] for name, node in schemas.items() if "enum" in node}
    assert len(enums) == 11
    for name, values in enums.items():
        made = getattr(vc, _class(name))
        assert [member.value for member in made] == values
        assert all(member == member.value and member.is_known for member in made)
        assert made("OF_A_LATER_RELEASE") == "OF_A_LATER_RELEASE"
        assert not made("OF_A_LATER_RELEASE").is_known


def test_every_value_says_what_the_document_says_of_it(
    schemas: dict[str, Node], host: Path
) -> None:
    source = (host / PACKAGE / "models.py").read_text(encoding="utf-8")
    for name, node in schemas.items():
        if "enum" in node:
            body = source.partition(f"\nclass {_class(name)}(")[2].partition("\n\n\n")[0]
            silent = re.findall(r'^    (\w+) = "\w+"\n(?!    """\w)', body + "\n", re.M)
            # "Discriminator for the `NotFound` type" says no more than the name.
            says_nothing = name == "Vapi.Std.Errors.Error.Type"
            assert silent == (node["enum"] if says_nothing else []), name


def test_every_property_that_names_an_enumeration_is_typed_by_it(
    schemas: dict[str, Node], vc: Any
) -> None:
    checked = 0
    for owner, schema in schemas.items():
        for key, property_ in schema.get("properties", {}).items():
            enum = _enum_named(property_, schemas)
            if not enum:
                continue
            hints = typing.get_type_hints(getattr(vc, _class(owner)))
            wanted = getattr(vc, _class(enum))
            # The text of `error_type` says that it can be missing, whatever `required` says.
            is_required = key in schema.get("required", []) and key != "error_type"
            assert hints[key] == (wanted if is_required else wanted | None), f"{owner}.{key}"
            checked += 1
    assert checked == 11


def _filled_in(fields: Iterable[msgspec.structs.FieldInfo]) -> set[str]:
    return {one.encode_name for one in fields if one.default_factory is not msgspec.NODEFAULT}


def test_every_object_has_its_properties(schemas: dict[str, Node], vc: Any) -> None:
    objects = {name: node["properties"] for name, node in schemas.items() if "properties" in node}
    # Nothing refers to these: they are what the free-form `data` of an error may hold.
    loose = {"ArgumentLocations", "FileLocations", "TransientIndication"}
    for name, properties in objects.items():
        if name.rpartition(".")[2] in loose:
            continue
        made = msgspec.structs.fields(getattr(vc, _class(name)))
        own = [field for field in made if field.encode_name in properties]
        # What tells an object of a union is filled in.
        required = set(schemas[name].get("required", ())) - {"error_type"} - _filled_in(made)
        assert [field.encode_name for field in own] == list(properties), name
        assert {field.encode_name for field in own if field.required} == required, name


PROGRAM = f'''
"""A program of somebody who uses the package."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import httpx2
from {PACKAGE} import (
    ApiError,
    AsyncClient,
    Client,
    ClientError,
    GuestConfigurationSpec,
    GuestCustomizationSpec,
    GuestGlobalDNSSettings,
    GuestHostnameGenerator,
    GuestHostnameGeneratorType,
    GuestLinuxConfiguration,
    NotAllowedInCurrentState,
    StdErrorsErrorType,
    Unauthenticated,
    VmGuestCustomizationCheckInfoCheckStatus,
    VmGuestCustomizationInfo,
    VmGuestCustomizationInfoStatus,
    VmGuestCustomizationSetSpec,
)


def is_over(info: VmGuestCustomizationInfo) -> bool:
    """Tell whether a customization has ended, one way or the other."""
    if not info.status.is_known:
        print("a status of a later release:", info.status.lower())
    if info.status == "SUCCEEDED" and info.end_time is not None:
        print(datetime.now(UTC) - info.end_time)
    return info.status in {{
        VmGuestCustomizationInfoStatus.SUCCEEDED,
        VmGuestCustomizationInfoStatus.FAILED,
    }}


def customize(client: Client, vm: str) -> str | None:
    """Name a machine, or return why it cannot be done."""
    hostname = GuestHostnameGenerator(type=GuestHostnameGeneratorType.FIXED, fixed_name="web")
    linux = GuestLinuxConfiguration(hostname=hostname, domain="example.com")
    spec = GuestCustomizationSpec(
        configuration_spec=GuestConfigurationSpec(linux_config=linux),
        global_dns_settings=GuestGlobalDNSSettings(dns_servers=["192.0.2.53"]),
        interfaces=[],
    )
    try:
        client.vm_guest_customization.set(vm, VmGuestCustomizationSetSpec(spec=spec))
    except NotAllowedInCurrentState as error:
        return error.message
    except Unauthenticated as error:
        return error.error.challenge if error.error else None
    except ApiError as error:
        busy = error.error and error.error.error_type == StdErrorsErrorType.RESOURCE_BUSY
        return f"{{error.status_code}}: {{busy}}"
    except ClientError as error:
        return str(error)
    return None


class Mine(Client):
    """A client with a method of its own."""

    def is_customizable(self, vm: str) -> bool:
        """Tell whether a machine can be customized."""
        info = self.vm_guest_customization.check(vm)
        return info.check_status is VmGuestCustomizationCheckInfoCheckStatus.SUPPORTED


def main(http: httpx2.Client) -> None:
    """Use the client as its documentation shows it."""
    with Mine.login("vc.example.com", "user", "secret", http=http) as client:
        print(client.is_customizable("vm-1"), client.session.get().user)
        print(customize(client, "vm-1"), is_over(client.vm_guest_customization.get("vm-1")))


async def together() -> list[str]:
    """Read several at once."""
    async with AsyncClient("vc.example.com", session_id="token") as client:
        gets = (client.vm_guest_customization.get(f"vm-{{number}}") for number in range(3))
        return [info.status for info in await asyncio.gather(*gets)]
'''.lstrip()

CHECKERS = {
    "mypy": ["mypy", "--strict", PACKAGE, "program.py"],
    "pyright": ["pyright", "--pythonpath", sys.executable],
    "ruff": ["ruff", "check", "--isolated", PACKAGE],
    "ruff, more rules": ["ruff", "check", "--isolated", "--select", "I,UP,B,RUF,SIM", PACKAGE],
    "ruff, long lines": ["ruff", "check", "--isolated", "--select", "E,W", PACKAGE],
    "ruff format": ["ruff", "format", "--isolated", "--check", "--diff", PACKAGE],
    "black": ["black", "--check", "--diff", PACKAGE],
}


@pytest.mark.parametrize("checker", CHECKERS)
def test_the_package_and_a_program_that_uses_it_pass(checker: str, host: Path) -> None:
    (host / "program.py").write_text(PROGRAM, encoding="utf-8")
    (host / "pyrightconfig.json").write_text(
        json.dumps({"typeCheckingMode": "strict", "include": [PACKAGE, "program.py"]}),
        encoding="utf-8",
    )
    command = [sys.executable, "-m", *CHECKERS[checker]]
    done = subprocess.run(command, cwd=host, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


# Over a socket


class Caller:
    """Makes one call with the synchronous client, or with the other."""

    def __init__(self, vc: Any, flavour: str, base_url: str) -> None:
        self._vc, self._flavour = vc, flavour
        self._options = {"base_url": base_url, "session_id": TOKEN, "verify": False}

    def __call__(self, name: str, *arguments: Any, **options: Any) -> Any:
        resource, _, method = name.partition(".")
        options = {**self._options, **options}
        if self._flavour == "sync":
            with self._vc.Client(**options) as client:
                return getattr(getattr(client, resource), method)(*arguments)

        async def call() -> Any:
            async with self._vc.AsyncClient(**options) as client:
                return await getattr(getattr(client, resource), method)(*arguments)

        return asyncio.run(call())


@pytest.fixture(params=["sync", "async"])
def call(
    request: pytest.FixtureRequest,
    vc: Any,
    httpserver: HTTPServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Caller:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return Caller(vc, request.param, httpserver.url_for("/api"))


def _serve(httpserver: HTTPServer, status: int, body: Any = None) -> Callable[[], Request]:
    """Answer every request alike; return what yields the one that was sent."""
    text = b"" if body is None else json.dumps(body).encode()
    answer = Response(text, status, content_type="application/json")
    httpserver.expect_request(re.compile(".*")).respond_with_response(answer)

    def sent() -> Request:
        ((request, _),) = httpserver.log
        return request

    return sent


def _line(request: Request) -> str:
    return f"{request.method} {request.environ['REQUEST_URI']}"


@pytest.mark.parametrize("token", [" token", "token ", "token\n", "to\tken", "tökén", "\x7f"])
def test_a_token_that_no_header_can_hold_is_refused_and_not_shown(
    token: str, call: Caller, httpserver: HTTPServer
) -> None:
    _serve(httpserver, 204)
    with pytest.raises(ValueError) as caught:
        call("session.delete", session_id=token)
    assert token.strip() not in repr(caught.value)
    assert httpserver.log == []


def test_session_get(call: Caller, httpserver: HTTPServer, document: Node) -> None:
    body = {
        "user": "administrator@vsphere.local",
        "created_time": "2021-05-05T14:32:09.023Z",
        "last_accessed_time": "2021-05-05T14:40:00Z",
    }
    _validate(body, "Cis.Session.Info", document)
    sent = _serve(httpserver, 200, body)
    info = call("session.get")
    assert info.user == "administrator@vsphere.local"
    assert info.created_time == datetime(2021, 5, 5, 14, 32, 9, 23000, UTC)
    assert info.last_accessed_time == datetime(2021, 5, 5, 14, 40, tzinfo=UTC)
    assert _line(sent()) == "GET /api/session"
    assert sent().headers["vmware-api-session-id"] == TOKEN
    assert "Authorization" not in sent().headers


def test_session_create(call: Caller, httpserver: HTTPServer) -> None:
    sent = _serve(httpserver, 201, "a new token")
    token = call("session.create", session_id=None, basic_auth=("user", "päss:word"))
    assert token == "a new token"
    assert _line(sent()) == "POST /api/session"
    basic = b64encode("user:päss:word".encode()).decode()
    assert sent().headers["Authorization"] == f"Basic {basic}"
    assert "vmware-api-session-id" not in sent().headers
    assert sent().get_data() == b""


def test_session_delete(call: Caller, httpserver: HTTPServer) -> None:
    sent = _serve(httpserver, 204)
    assert call("session.delete") is None
    assert _line(sent()) == "DELETE /api/session"
    assert sent().headers["vmware-api-session-id"] == TOKEN


def test_get(call: Caller, vc: Any, httpserver: HTTPServer, document: Node) -> None:
    body = {"status": "FAILED", "error": "no", "start_time": "2021-05-05T14:32:09.023Z"}
    _validate(body, "Vcenter.Vm.Guest.Customization.Info", document)
    sent = _serve(httpserver, 200, body)
    info = call("vm_guest_customization.get", "vm-42")
    assert info == vc.VmGuestCustomizationInfo(
        status=vc.VmGuestCustomizationInfoStatus.FAILED,
        error="no",
        start_time=datetime(2021, 5, 5, 14, 32, 9, 23000, UTC),
    )
    assert _line(sent()) == f"GET {CUSTOMIZATION}"
    assert sent().get_data() == b""


@pytest.mark.parametrize("flag", [True, False, None])
def test_check_sends_its_fixed_query(
    flag: bool | None, call: Caller, vc: Any, httpserver: HTTPServer, document: Node
) -> None:
    body: Node = {"check_status": "NOT_SUPPORTED", "supported_power_state": False}
    if flag is not None:
        body["supported_guest_os"] = flag
    _validate(body, "Vcenter.Vm.Guest.Customization.CheckInfo", document)
    sent = _serve(httpserver, 200, body)
    info = call("vm_guest_customization.check", "vm/42")
    assert info.check_status is vc.VmGuestCustomizationCheckInfoCheckStatus.NOT_SUPPORTED
    assert info.supported_guest_os is flag
    assert info.supported_power_state is False
    assert _line(sent()) == ("POST /api/vcenter/vm/vm%2F42/guest/customization?action=check")
    assert sent().get_data() == b""


def _linux(vc: Any) -> tuple[Any, Node]:
    """Return a body with what a Linux machine needs, and the same as it must be sent."""
    made = vc.VmGuestCustomizationSetSpec(
        spec=vc.GuestCustomizationSpec(
            configuration_spec=vc.GuestConfigurationSpec(
                linux_config=vc.GuestLinuxConfiguration(
                    hostname=vc.GuestHostnameGenerator(
                        type=vc.GuestHostnameGeneratorType.FIXED, fixed_name="wéb"
                    ),
                    domain="example.com",
                    time_zone="Europe/Sofia",
                    script_text='#!/bin/sh\necho "$1"\n',
                )
            ),
            global_dns_settings=vc.GuestGlobalDNSSettings(
                dns_suffix_list=["example.com"], dns_servers=["192.0.2.53", "2001:db8::53"]
            ),
            interfaces=[
                vc.GuestAdapterMapping(
                    mac_address="00:50:56:00:00:01",
                    adapter=vc.GuestIPSettings(
                        ipv4=vc.GuestIpv4(
                            type=vc.GuestIpv4Type.STATIC,
                            ip_address="192.0.2.7",
                            prefix=24,
                            gateways=["192.0.2.1"],
                        ),
                        ipv6=vc.GuestIpv6(
                            type=vc.GuestIpv6Type.STATIC,
                            ipv6=[vc.GuestIpv6Address(ip_address="2001:db8::7", prefix=64)],
                            gateways=[],
                        ),
                    ),
                ),
                vc.GuestAdapterMapping(
                    adapter=vc.GuestIPSettings(ipv4=vc.GuestIpv4(type=vc.GuestIpv4Type.DHCP))
                ),
            ],
        )
    )
    sent = {
        "spec": {
            "configuration_spec": {
                "linux_config": {
                    "hostname": {"type": "FIXED", "fixed_name": "wéb"},
                    "domain": "example.com",
                    "time_zone": "Europe/Sofia",
                    "script_text": '#!/bin/sh\necho "$1"\n',
                }
            },
            "global_dns_settings": {
                "dns_suffix_list": ["example.com"],
                "dns_servers": ["192.0.2.53", "2001:db8::53"],
            },
            "interfaces": [
                {
                    "mac_address": "00:50:56:00:00:01",
                    "adapter": {
                        "ipv4": {
                            "type": "STATIC",
                            "ip_address": "192.0.2.7",
                            "prefix": 24,
                            "gateways": ["192.0.2.1"],
                        },
                        "ipv6": {
                            "type": "STATIC",
                            "ipv6": [{"ip_address": "2001:db8::7", "prefix": 64}],
                            "gateways": [],
                        },
                    },
                },
                {"adapter": {"ipv4": {"type": "DHCP"}}},
            ],
        }
    }
    return made, sent


def _windows(vc: Any) -> tuple[Any, Node]:
    """Return a body with what a Windows machine needs, and the same as it must be sent."""
    made = vc.VmGuestCustomizationSetSpec(
        spec=vc.GuestCustomizationSpec(
            configuration_spec=vc.GuestConfigurationSpec(
                windows_config=vc.GuestWindowsConfiguration(
                    reboot=vc.GuestWindowsConfigurationRebootOption.NO_REBOOT,
                    sysprep=vc.GuestWindowsSysprep(
                        gui_run_once_commands=["cmd /c ver"],
                        user_data=vc.GuestUserData(
                            computer_name=vc.GuestHostnameGenerator(
                                type=vc.GuestHostnameGeneratorType.VIRTUAL_MACHINE
                            ),
                            full_name="A User",
                            organization="An organization",
                            product_key="",
                        ),
                        domain=vc.GuestDomain(
                            type=vc.GuestDomainType.DOMAIN,
                            domain="example.com",
                            domain_username="joiner",
                            domain_password="pässword",
                        ),
                        gui_unattended=vc.GuestGuiUnattended(
                            auto_logon=False, auto_logon_count=0, time_zone=110
                        ),
                    ),
                )
            ),
            global_dns_settings=vc.GuestGlobalDNSSettings(),
            interfaces=[
                vc.GuestAdapterMapping(
                    adapter=vc.GuestIPSettings(
                        ipv4=vc.GuestIpv4(
                            type=vc.GuestIpv4Type.STATIC, ip_address="192.0.2.8", prefix=0
                        ),
                        windows=vc.GuestWindowsNetworkAdapterSettings(
                            dns_servers=["192.0.2.53"],
                            net_bios_mode=(
                                vc.GuestWindowsNetworkAdapterSettingsNetBIOSMode.DISABLE
                            ),
                        ),
                    )
                )
            ],
        )
    )
    sent = {
        "spec": {
            "configuration_spec": {
                "windows_config": {
                    "reboot": "NO_REBOOT",
                    "sysprep": {
                        "gui_run_once_commands": ["cmd /c ver"],
                        "user_data": {
                            "computer_name": {"type": "VIRTUAL_MACHINE"},
                            "full_name": "A User",
                            "organization": "An organization",
                            "product_key": "",
                        },
                        "domain": {
                            "type": "DOMAIN",
                            "domain": "example.com",
                            "domain_username": "joiner",
                            "domain_password": "pässword",
                        },
                        "gui_unattended": {
                            "auto_logon": False,
                            "auto_logon_count": 0,
                            "time_zone": 110,
                        },
                    },
                }
            },
            "global_dns_settings": {},
            "interfaces": [
                {
                    "adapter": {
                        "ipv4": {"type": "STATIC", "ip_address": "192.0.2.8", "prefix": 0},
                        "windows": {
                            "dns_servers": ["192.0.2.53"],
                            "net_bios_mode": "DISABLE",
                        },
                    }
                }
            ],
        }
    }
    return made, sent


def _cloud(vc: Any) -> tuple[Any, Node]:
    """Return a body for cloud-init, with an enum value of a later release."""
    made = vc.VmGuestCustomizationSetSpec(
        spec=vc.GuestCustomizationSpec(
            configuration_spec=vc.GuestConfigurationSpec(
                cloud_config=vc.GuestCloudConfiguration(
                    type=vc.GuestCloudConfigurationType.CLOUDINIT,
                    cloudinit=vc.GuestCloudinitConfiguration(metadata="{}"),
                )
            ),
            global_dns_settings=vc.GuestGlobalDNSSettings(dns_servers=[]),
            interfaces=[],
        )
    )
    sent = {
        "spec": {
            "configuration_spec": {
                "cloud_config": {"type": "CLOUDINIT", "cloudinit": {"metadata": "{}"}}
            },
            "global_dns_settings": {"dns_servers": []},
            "interfaces": [],
        }
    }
    return made, sent


def _by_name(vc: Any) -> tuple[Any, Node]:
    return vc.VmGuestCustomizationSetSpec(name="gold"), {"name": "gold"}


def _nothing(vc: Any) -> tuple[Any, Node]:
    """Return the body that clears a pending customization."""
    return vc.VmGuestCustomizationSetSpec(), {}


@pytest.mark.parametrize("make", [_linux, _windows, _cloud, _by_name, _nothing])
def test_set_sends_what_the_document_asks_for(
    make: Callable[[Any], tuple[Any, Node]],
    call: Caller,
    vc: Any,
    httpserver: HTTPServer,
    document: Node,
) -> None:
    made, wanted = make(vc)
    sent = _serve(httpserver, 204)
    assert call("vm_guest_customization.set", "vm-42", made) is None
    assert _line(sent()) == f"PUT {CUSTOMIZATION}"
    assert sent().headers["Content-Type"] == "application/json"
    body = json.loads(sent().get_data())
    _validate(body, "Vcenter.Vm.Guest.Customization.SetSpec", document)
    assert body == wanted


def test_a_value_of_a_later_release_is_sent_as_it_is(
    call: Caller, vc: Any, httpserver: HTTPServer
) -> None:
    sent = _serve(httpserver, 204)
    settings = vc.GuestIPSettings(ipv4=vc.GuestIpv4(type=vc.GuestIpv4Type("SLAAC")))
    made, _ = _cloud(vc)
    made.spec.interfaces = [vc.GuestAdapterMapping(adapter=settings)]
    call("vm_guest_customization.set", "vm-42", made)
    (interface,) = json.loads(sent().get_data())["spec"]["interfaces"]
    assert interface == {"adapter": {"ipv4": {"type": "SLAAC"}}}


def _error(document: Node, kind: str, *messages: str) -> Node:
    body = {
        "error_type": kind,
        "messages": [
            {"id": f"test.{number}", "default_message": message, "args": []}
            for number, message in enumerate(messages)
        ],
    }
    _validate(body, "Vapi.Std.Errors.Error", document)
    return body


@pytest.mark.parametrize(
    ("kind", "exception"),
    [
        ("INVALID_ARGUMENT", "InvalidArgument"),
        ("NOT_ALLOWED_IN_CURRENT_STATE", "NotAllowedInCurrentState"),
        ("ERROR", "ApiError"),
    ],
)
def test_errors_of_set_that_share_a_status_are_told_apart(
    kind: str, exception: str, call: Caller, vc: Any, httpserver: HTTPServer, document: Node
) -> None:
    _serve(httpserver, 400, _error(document, kind, "It is powered on.", "State is 1."))
    with pytest.raises(vc.ApiError) as caught:
        call("vm_guest_customization.set", "vm-42", vc.VmGuestCustomizationSetSpec())
    assert type(caught.value) is getattr(vc, exception)
    assert caught.value.status_code == 400
    assert caught.value.error.error_type is vc.StdErrorsErrorType(kind)
    assert [one.default_message for one in caught.value.error.messages] == [
        "It is powered on.",
        "State is 1.",
    ]
    text = str(caught.value)
    assert "PUT" in text
    assert CUSTOMIZATION in text
    assert exception in text
    assert text.index("It is powered on.") < text.index("State is 1.")


def test_an_error_of_set_without_a_kind_is_known_by_its_status_alone(
    call: Caller, vc: Any, httpserver: HTTPServer
) -> None:
    _serve(httpserver, 400, {"messages": []})
    with pytest.raises(vc.ApiError) as caught:
        call("vm_guest_customization.set", "vm-42", vc.VmGuestCustomizationSetSpec())
    assert type(caught.value) is vc.ApiError
    assert caught.value.status_code == 400


@pytest.mark.parametrize("name", METHODS)
def test_every_declared_error_status_has_its_exception(
    name: str, call: Caller, vc: Any, httpserver: HTTPServer, document: Node
) -> None:
    (operation,) = [
        operation
        for item in document["paths"].values()
        for operation in item.values()
        if operation["operationId"] == name
    ]
    arguments = ["vm-42"] if "parameters" in operation else []
    if "requestBody" in operation:
        arguments.append(vc.VmGuestCustomizationSetSpec())
    failures = [status for status in operation["responses"] if int(status) >= 400]
    assert failures
    for status in failures:
        schema = operation["responses"][status]["content"]["application/json"]["schema"]
        kind = schema["$ref"].rpartition(".")[2]
        httpserver.clear()
        _serve(httpserver, int(status))
        with pytest.raises(vc.ApiError) as caught:
            call(METHODS[name], *arguments)
        # A reply of the base itself does not say which kind it is.
        assert type(caught.value) is (vc.ApiError if kind == "Error" else getattr(vc, kind))


@pytest.mark.parametrize("name", METHODS)
def test_the_docstring_names_every_error_that_the_document_declares(
    name: str, vc: Any, document: Node
) -> None:
    (operation,) = [
        operation
        for item in document["paths"].values()
        for operation in item.values()
        if operation["operationId"] == name
    ]
    declared: set[str] = set()
    for status, reply in operation["responses"].items():
        if int(status) >= 400:
            schema = reply["content"]["application/json"]["schema"]
            kinds = re.findall(r"\*Vapi\.Std\.Errors\.(\w+)\*", reply["description"])
            declared |= set(kinds) or {schema["$ref"].rpartition(".")[2]}
    resource, _, method = METHODS[name].partition(".")
    for client in (vc.Client("h"), vc.AsyncClient("h")):
        text = getattr(getattr(client, resource), method).__doc__
        _, _, section = text.partition("Raises:")
        assert declared <= set(re.findall(r"^\s+(\w+): \S", section, re.M))
