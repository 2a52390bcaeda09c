"""Errors in an envelope that names their kind."""

from __future__ import annotations

from msgspec import Raw

from vcgen.runtime.errors import ApiError
from vcgen.runtime.tables import DISCRIMINATORS, ENVELOPE, KINDS
from vcgen.runtime.variants.kinds import text_property
from vcgen.runtime.wire.answers import decode_or_none


def kind_of(content: bytes) -> tuple[type[ApiError] | None, bytes]:
    """Return the kind of an error, if any, and the object that describes it.

    An envelope has a dotted name: `errors.not_found` is the kind NOT_FOUND.
    """
    type_, value = ENVELOPE
    envelope: dict[str, Raw] = decode_or_none(content, dict[str, Raw]) or {}
    if value in envelope and (name := text_property(content, type_)):
        return KINDS.get(name.rpartition(".")[2].upper()), bytes(envelope[value])
    names = [text_property(content, name) for name in DISCRIMINATORS]
    return next((KINDS[name] for name in names if name in KINDS), None), content
