"""The wire: which of the means to send and read the operations need; the others are not written."""

from __future__ import annotations

from dataclasses import dataclass

from vcgen.ir.modules import Base
from vcgen.ir.operations import Operation


@dataclass(frozen=True)
class Wire:
    """What the operations of a package need of the module that talks HTTP.

    Attributes:
        models: What the classes of the models are built upon.
    """

    operations: tuple[Operation, ...]
    models: Base
    sends_key_as_cookie: bool

    @property
    def readers(self) -> frozenset[str]:
        """The readers of successful answers."""
        return frozenset(answer.reader for one in self.operations for answer in one.returns)

    @property
    def encoders(self) -> frozenset[str]:
        """The encoders of request bodies."""
        return frozenset(one.body.encoder for one in self.operations if one.body)

    @property
    def json(self) -> bool:
        """Whether an answer is JSON."""
        return "Json" in self.readers

    @property
    def enveloped(self) -> bool:
        """Whether an answer is inside an envelope."""
        return "Enveloped" in self.readers

    @property
    def text(self) -> bool:
        """Whether an answer is plain text."""
        return "Text" in self.readers

    @property
    def binary(self) -> bool:
        """Whether an answer is a download."""
        return "Binary" in self.readers

    @property
    def no_content(self) -> bool:
        """Whether an answer is empty."""
        return "NoContent" in self.readers

    @property
    def bodies(self) -> bool:
        """Whether a request carries anything."""
        return bool(self.encoders)

    @property
    def json_body(self) -> bool:
        """Whether a request carries JSON."""
        return "JsonBody" in self.encoders

    @property
    def form_body(self) -> bool:
        """Whether a request carries a form in the manner of a query."""
        return "FormBody" in self.encoders

    @property
    def multipart_body(self) -> bool:
        """Whether a request carries a form of parts."""
        return "MultipartBody" in self.encoders

    @property
    def raw_body(self) -> bool:
        """Whether a request carries bytes or text as they are."""
        return "RawBody" in self.encoders

    @property
    def headers(self) -> bool:
        """Whether a parameter goes into a header."""
        return any(one.headers for one in self.operations)

    @property
    def cookies(self) -> bool:
        """Whether a parameter goes into a cookie."""
        return any(one.cookies for one in self.operations)

    @property
    def sends_cookies(self) -> bool:
        """Whether a parameter or a key goes into a cookie."""
        return self.cookies or self.sends_key_as_cookie

    @property
    def styled(self) -> bool:
        """Whether anything is written in another way than is usual at its place."""
        return bool(self.styled_bodies) or any(one.is_styled for one in self.operations)

    @property
    def styled_bodies(self) -> frozenset[str]:
        """The encoders of the forms in which a field has a style."""
        bodies = (one.body for one in self.operations if one.body)
        return frozenset(body.encoder for body in bodies if body.styled)

    @property
    def styled_forms(self) -> bool:
        """Whether a field of a form in the manner of a query has a style."""
        return "FormBody" in self.styled_bodies

    @property
    def styled_parts(self) -> bool:
        """Whether a field of a form of parts has a style."""
        return "MultipartBody" in self.styled_bodies

    @property
    def described_parts(self) -> bool:
        """Whether anything is said of how a field of a form of parts is written."""
        return self.typed_parts or self.styled_parts

    @property
    def typed_parts(self) -> bool:
        """Whether a part of a form has a media type."""
        return any(one.body and one.body.typed for one in self.operations)

    @property
    def charsets(self) -> bool:
        """Whether a text is sent in another character set than UTF-8."""
        return any(one.body and one.body.charset for one in self.operations)

    @property
    def negotiates(self) -> bool:
        """Whether an operation asks for more than JSON."""
        return any(one.accept for one in self.operations)

    @property
    def dec_hook(self) -> str:
        """What the JSON decoder is told of what it does not know."""
        return f", dec_hook={self.models.decoder}" if self.models.decoder else ""

    @property
    def enc_hook(self) -> str:
        """What an encoder is told of what it does not know."""
        return f", enc_hook={self.models.encoder}" if self.models.encoder else ""
