"""The names of the classes of schemas: those that the user chose, and those of a dialect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vcgen.text import naming


@dataclass(frozen=True)
class ClassNames(Mapping[str, str]):
    """The classes of schemas: as configured, else with the prefix that a dialect gives them.

    A schema inside a component, which goes by the component's name and a path, has its prefix too.

    Attributes:
        configured: The classes that the user chose, by the names of the schemas.
        prefixes: What the classes of some components begin with, by the names of the components.
        roots: Leading words that names go without.
    """

    configured: Mapping[str, str]
    prefixes: Mapping[str, str]
    roots: tuple[str, ...]

    def __getitem__(self, spec_name: str) -> str:
        if spec_name in self.configured:
            return self.configured[spec_name]
        component = spec_name
        while component and component not in self.prefixes:
            component = component.rpartition(".")[0]
        return self.prefixes[component] + naming.class_name(spec_name, self.roots)

    def __iter__(self) -> Iterator[str]:
        return iter(self.configured)

    def __len__(self) -> int:
        return len(self.configured)
