"""Faking of servers that want credentials."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import httpx2
from msgspec import Struct

from vcgen.runtime.faking.operations import FakeOperation, Usual
from vcgen.runtime.faking.requests import pairs_in
from vcgen.runtime.faking.servers import FakeTransport


class FakeScheme(Struct, frozen=True):
    """How credentials are sent.

    Attributes:
        name: What the client calls them.
        place: `header`, `query` or `cookie`.
        key: The name that they are sent under.
        prefix: What a header has in front of them, such as `Bearer`.
    """

    name: str
    place: str
    key: str
    prefix: str = ""

    @property
    def is_cookie(self) -> bool:
        """Whether it is a cookie."""
        return self.place == "cookie"

    def credentials_in(self, request: httpx2.Request) -> str:
        """Return the credentials that a request carries, "" if there are none."""
        if self.place == "query":
            return str(request.url.params.get(self.key, ""))
        text: str = request.headers.get("Cookie" if self.is_cookie else self.key, "")
        if self.is_cookie:
            return dict(pairs_in(text, "; ")).get(self.key, "")
        is_of_this = text.lower().startswith(f"{self.prefix} ".lower().lstrip())
        return text if is_of_this else ""


class FakeCredentials(FakeTransport):
    """A fake server whose operations need the credentials that the API declares."""

    fake_schemes: ClassVar[tuple[FakeScheme, ...]]

    def __init__(self, *options: Any) -> None:
        super().__init__(*options)
        self._seen: set[str] = set()
        self._refused: set[str] = set()

    def expire_credentials(self) -> None:
        """Refuse the credentials that were sent so far, with the status 401."""
        self._refused |= self._seen

    @property
    def fake_query(self) -> frozenset[str]:
        """The query parameters that any operation takes."""
        return frozenset(one.key for one in self.fake_schemes if one.place == "query")

    def fake_respond(
        self,
        operation: FakeOperation[..., Any],
        request: httpx2.Request,
        usual: Usual | None = None,
    ) -> httpx2.Response:
        """Return the response of an operation; the usual one, if it has none."""
        found = frozenset(self._credentials(operation, request))
        if found & self._refused:
            return self.fake_error(401, operation.exception(401))
        self._seen |= found
        return super().fake_respond(operation, request, usual)

    def _credentials(
        self, operation: FakeOperation[..., Any], request: httpx2.Request
    ) -> Iterator[str]:
        """Yield the credentials that an operation needs and a request carries.

        Raises:
            AssertionError: It lacks some.
        """
        known = {one.name: one for one in self.fake_schemes}
        lacking: list[str] = []
        for names in operation.security:
            found = {n: known[n].credentials_in(request) for n in names if n in known}
            if all(found.values()):
                yield from found.values()
                return
            lacking.append(" and ".join(found))
        if lacking:
            wanted = " or ".join(lacking)
            raise AssertionError(f"{operation.name} needs credentials: {wanted}")
