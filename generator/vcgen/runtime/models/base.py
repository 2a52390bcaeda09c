"""Bases of the models, and helper types."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

AwareDatetime = Annotated[datetime, Meta(tz=True)]


class Model(Struct, omit_defaults=True):
    """Base of the models: unknown properties are ignored, unset fields are not sent."""
