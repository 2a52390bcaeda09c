"""Keys of `responses` that are no statuses: `4xx`, `200 `, "400,401", `ok`."""

import re

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass

# OpenAPI 3.2.0, section 4.16: a status code, or a range of them.
_STATUS = re.compile(r"[1-9][0-9]{2}|[1-5]XX", re.ASCII)
_BETWEEN = re.compile(r"[\s,;/|]+")
_DEFAULT = "default"


@dialect_pass(Kind.OPERATION)
def statuses(node: Node, _: Place) -> Change | None:
    """Read each key as the statuses that it names; what names none is dropped."""
    responses = node.get("responses")
    if not isinstance(responses, dict):
        return None
    odd = [key for key in map(str, responses) if not _is_plain(key)]
    if not odd:
        return None
    # What is written as it should be comes first, whatever another key says of that status.
    plain = {str(key): one for key, one in responses.items() if _is_plain(str(key))}
    found: dict[str, object] = {}
    messages: list[str] = []
    for key, response in responses.items():
        meant = [str(key)] if _is_plain(str(key)) else _meant(str(key))
        found.update((one, plain.get(one, response)) for one in meant if one not in found)
        if str(key) in odd:
            outcome = f"read as {', '.join(meant)}" if meant else "dropped"
            messages.append(f'"{key}" is not a status: {outcome}')
    return Change({**node, "responses": found}, tuple(messages))


def _is_plain(key: str) -> bool:
    return key == _DEFAULT or key.startswith("x-") or _STATUS.fullmatch(key) is not None


def _meant(key: str) -> list[str]:
    """Return the statuses that a key names; none if a part of it is no status."""
    names = [_spelt(one) for one in _BETWEEN.split(key.strip())]
    return names if all(map(_is_plain, names)) else []


def _spelt(name: str) -> str:
    return _DEFAULT if name.lower() == _DEFAULT else name.upper()
