"""Bases of the models, and helper types."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct

# The default of a required property that is only sent, or only received.
NOT_GIVEN: Any = UNSET

AwareDatetime = Annotated[datetime, Meta(tz=True)]


class Model(Struct, omit_defaults=True):
    """Base of the models: unknown properties are ignored, unset fields are not sent."""
