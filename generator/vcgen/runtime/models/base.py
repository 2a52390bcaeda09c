"""Bases of the objects, and types that need more than a name."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

AwareDatetime = Annotated[datetime, Meta(tz=True)]


class Model(Struct, omit_defaults=True):
    """Base of the objects: unknown properties are ignored, unset ones are not sent."""
