"""Models that keep unknown properties."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar, Self, dataclass_transform, get_args, get_type_hints

from msgspec import Struct, ValidationError, convert, defstruct, field
from msgspec.structs import FieldInfo, asdict, fields

from vcgen.runtime.models.base import Model
from vcgen.runtime.models.hooks import decode_hook


@dataclass_transform(kw_only_default=True, field_specifiers=(field,))
class OpenModel:
    """Base of the models that keep unknown properties."""

    __struct__: ClassVar[type[Struct]] = Model
    additional_properties: dict[str, Any]

    def __init_subclass__(cls) -> None:
        own = vars(cls)
        declared = [
            (name, type_, own[name]) if name in own else (name, type_)
            for name, type_ in cls.__annotations__.items()
            if name != "additional_properties"
        ]
        cls.__struct__ = defstruct(
            cls.__name__,
            declared,
            bases=(cls.__struct__,),
            module=cls.__module__,
            kw_only=True,
        )

    def __init__(self, **values: Any) -> None:
        others = values.pop("additional_properties", {})
        declared = asdict(self.__struct__(**values))
        vars(self).update(declared, additional_properties=others)

    @classmethod
    def __decode__(cls, value: Any) -> Self:
        of: Any = cls  # whose values have no hash, but which has one
        known, other = declared_by(of)
        others: dict[str, Any] = {}
        place = ""
        try:
            properties = convert(value, dict[str, Any])
            given = {name: one for name, one in properties.items() if name in known}
            declared = convert(given, cls.__struct__, dec_hook=decode_hook)
            for name in [name for name in properties if name not in known]:
                place = f" in `{name}`"
                others[name] = convert(properties[name], other, dec_hook=decode_hook)
        except ValidationError as error:
            raise ValueError(f"{error}{place}") from error
        return cls(**{**asdict(declared), "additional_properties": others})

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({values})"


@cache
def declared_by(cls: Any) -> tuple[dict[str, FieldInfo], Any]:
    """Return the fields by their JSON names, and the type of unknown properties."""
    known = {one.encode_name: one for one in fields(cls.__struct__)}
    others = get_type_hints(cls, include_extras=True)["additional_properties"]
    return known, get_args(others)[1]


def encode_open(value: object) -> dict[str, Any]:
    """Return an object as a mapping of all its properties. Called by encoders."""
    if not isinstance(value, OpenModel):
        raise NotImplementedError(type(value))
    of: Any = type(value)
    known, _ = declared_by(of)
    declared = {name: getattr(value, one.name) for name, one in known.items()}
    absent = {name: one.default for name, one in known.items()}
    sent = {k: one for k, one in declared.items() if one is not absent[k]}
    return {**sent, **value.additional_properties, **sent}
