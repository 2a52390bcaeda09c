"""Choosing: which documents of the configuration new ones take the place of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from vcgen.config import Config
from vcgen.errors import ConfigError, Diagnostic


def replaced(config: Config, news: Sequence[str], wanted: Sequence[str]) -> Mapping[str, str]:
    """Return the new files, by the documents of the configuration whose place they take.

    Args:
        config: The configuration.
        news: The new files.
        wanted: The documents of the configuration in the same order, where somebody says which;
            else a new file takes the place of the only one, or of the one of its name.

    Raises:
        ConfigError: It cannot be told which, or none is the one wanted.
    """
    specs = list(dict.fromkeys(spec for client in config.clients for spec in client.specs))
    if specs == ["-"]:
        message, hint = "the document is standard input", "there is no file to replace"
        raise ConfigError(Diagnostic(message, hint=hint, file=str(config.file)))
    if wanted and len(wanted) != len(news):
        message = f"there are {len(news)} new documents, and --spec names {len(wanted)}"
        hint = "write --spec once for each, in the same order"
        raise ConfigError(Diagnostic(message, hint=hint, file=str(config.file)))
    pairs = (
        zip(wanted, news, strict=True)
        if wanted
        else ((_named(specs, one, config), one) for one in news)
    )
    found: dict[str, str] = {}
    for spec, new in pairs:
        if spec not in specs:
            message, hint = f"no client is generated from {spec}", f"name one of {', '.join(specs)}"
            raise ConfigError(Diagnostic(message, hint=hint, file=str(config.file)))
        if spec in found:
            message = f"{found[spec]} and {new} would both replace {spec}"
            hint = f"name the documents that they replace with --spec: {', '.join(specs)}"
            raise ConfigError(Diagnostic(message, hint=hint, file=str(config.file)))
        found[spec] = new
    return found


def _named(specs: Sequence[str], new: str, config: Config) -> str:
    """Return the only document there is, or the one of the name of a new file."""
    if len(specs) == 1:
        return specs[0]
    named = [spec for spec in specs if Path(spec).name == Path(new).name]
    if len(named) == 1:
        return named[0]
    message = f"the clients have {len(specs)} documents"
    hint = f"name one with --spec: {', '.join(specs)}"
    raise ConfigError(Diagnostic(message, hint=hint, file=str(config.file)))
