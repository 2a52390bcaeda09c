"""Printing: rendered modules get the lines that formatters leave as they are.

Templates write what a statement says. Here it is decided where its lines end and how many of them
stay empty, for a length of lines; black, `ruff format` and whoever reads the code agree with it.
A statement that the printer does not know is left to black.
"""

from vcgen.writing.printing.joining import joined
from vcgen.writing.printing.modules import printed
from vcgen.writing.printing.tokens import Unclaimed

__all__ = ["Unclaimed", "joined", "printed"]
