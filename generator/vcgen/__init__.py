"""vcgen: small typed Python clients for the operations that you name of a big OpenAPI document."""

from importlib.metadata import version

__version__ = version("vcgen")
