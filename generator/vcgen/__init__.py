"""vcgen: small typed Python clients for the operations that you name of a big OpenAPI document."""

__version__ = "0.3.0.dev0"  # pyproject.toml reads it here: looking it up costs more than a `check`
