"""Alertmanager, from the Swagger 2.0 document inside its program; it deviates nowhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from served import Caller, Server, generated, serving, unpacked

pytestmark = pytest.mark.contract
PROGRAM = "usr/bin/prometheus-alertmanager"
TEMPLATES = "usr/share/prometheus/alertmanager"
SETTINGS = "{route: {receiver: nobody, group_by: [alertname]}, receivers: [{name: nobody}]}"
NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("alertmanager")
    program = folder / "alertmanager"
    # It looks for its templates where the package is installed; here they are where it runs.
    place = f"/{TEMPLATES}".encode()
    program.write_bytes(unpacked(PROGRAM).read_bytes().replace(place, b"./" * (len(place) // 2)))
    program.chmod(0o755)
    for template in unpacked(TEMPLATES).glob("*.tmpl"):
        shutil.copy(template, folder)
    (folder / "settings.yaml").write_text(SETTINGS)

    def command(port: int) -> list[str]:
        options = {
            "config.file": "settings.yaml",
            "storage.path": str(folder),
            "web.listen-address": f"127.0.0.1:{port}",
            "cluster.listen-address": "",
        }
        return [str(program), *(f"--{name}={value}" for name, value in options.items())]

    with serving(command, "/-/ready", folder) as server:
        yield server


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    document = json.dumps(_shipped(unpacked(PROGRAM))).encode()
    return generated(document, "alertmanager_client", tmp_path_factory.mktemp("client"))


def _shipped(program: Path) -> object:
    """Return the document that a program holds as a text."""
    content = program.read_bytes()
    start = content.rindex(b'{\n  "', 0, content.index(b'"swagger": "2.0"'))
    text = content[start : start + 100_000].decode("utf-8", "replace")
    return json.JSONDecoder().raw_decode(text)[0]


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def call(server: Server, api: ModuleType, request: pytest.FixtureRequest) -> Caller:
    return Caller(api, is_async=request.param, base_url=f"{server.url}/api/v2")


def test_alert_is_posted_and_found(call: Caller, api: ModuleType) -> None:
    labels = {"alertname": "Disk", "host": "a"}
    now = datetime.now(UTC)
    alert = api.models.PostableAlert(labels=labels, annotations={"why": "full"}, starts_at=now)
    assert call(lambda c: c.alert.post_alerts([alert])) is None
    (found,) = call(lambda c: c.alert.get_alerts(filter=['alertname="Disk"']))
    assert (found.labels, found.annotations) == (labels, {"why": "full"})
    assert found.status.state in api.models.AlertStatusState
    assert [one.name for one in found.receivers] == ["nobody"]
    assert found.ends_at > found.starts_at
    (group,) = call(lambda c: c.alertgroup.get_alert_groups(receiver="nobody"))
    assert [one.labels for one in group.alerts] == [labels]
    assert call(lambda c: c.alert.get_alerts(active=False)) == []


def test_silence_is_made_read_changed_and_expired(call: Caller, api: ModuleType) -> None:
    models, now = api.models, datetime.now(UTC)
    matcher = models.Matcher(name="host", value="b", is_regex=False)
    new = {"comment": "mended", "created_by": "me", "matchers": [matcher]}
    silence = models.PostableSilence(**new, starts_at=now, ends_at=now + timedelta(hours=1))
    key = call(lambda c: c.silence.post_silences(silence)).silence_id
    found = call(lambda c: c.silence.get_silence(key))
    assert (found.id, found.status.state) == (key, models.SilenceStatusState.ACTIVE)
    assert found.matchers == [models.Matcher(name="host", value="b", is_regex=False, is_equal=True)]
    facts = {name: getattr(found, name) for name in ("matchers", "starts_at", "ends_at")}
    other = models.PostableSilence(id=key, comment="again", created_by="me", **facts)
    assert call(lambda c: c.silence.post_silences(other)).silence_id == key
    listed = call(lambda c: c.silence.get_silences(filter=['host="b"']))
    assert "again" in [one.comment for one in listed if one.id == key]
    assert call(lambda c: c.silence.delete_silence(key)) is None
    found = call(lambda c: c.silence.get_silence(key))
    assert found.status.state == "expired"


def test_status_and_receivers(call: Caller, api: ModuleType) -> None:
    status = call(lambda c: c.general.get_status())
    assert status.cluster.status is api.models.ClusterStatusStatus.DISABLED
    assert status.cluster.peers == []
    assert status.uptime.utcoffset() is not None
    assert [one.name for one in call(lambda c: c.receiver.get_receivers())] == ["nobody"]


def test_errors_have_their_message(call: Caller, api: ModuleType) -> None:
    with pytest.raises(api.BadRequest, match="bad matcher format: %"):
        call(lambda c: c.alert.get_alerts(filter=["%"]))
    with pytest.raises(api.NotFound):
        call(lambda c: c.silence.get_silence(NOBODY))
    with pytest.raises(api.UnprocessableContent, match="must be of type uuid") as caught:
        call(lambda c: c.silence.get_silence("x"))
    assert caught.value.data["code"] == 601
    with pytest.raises(api.BadRequest, match="at least one label pair required"):
        call(lambda c: c.alert.post_alerts([api.models.PostableAlert(labels={})]))
