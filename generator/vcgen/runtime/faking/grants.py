"""Faking of servers that grant access tokens (OAuth 2)."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import httpx2

from vcgen.runtime.faking.credentials import FakeCredentials


class FakeGrants(FakeCredentials):
    """A fake server that grants access tokens, at any URL (RFC 6749, section 5.1).

    Attributes:
        token_requests: The requests for tokens so far.
    """

    def __init__(self, *options: Any) -> None:
        super().__init__(*options)
        self.token_requests: list[httpx2.Request] = []

    def fake_response(self, request: httpx2.Request) -> httpx2.Response:
        """Return the response to a request; for a grant, a new token.

        Raises:
            AssertionError: No operation fits, or it has no response.
        """
        kind = request.headers.get("Content-Type", "")
        is_form = kind.startswith("application/x-www-form-urlencoded")
        fields = parse_qs(request.content.decode()) if is_form else {}
        if "grant_type" not in fields or request.method != "POST":
            return super().fake_response(request)
        if "Authorization" not in request.headers and "client_secret" not in fields:
            raise AssertionError("the request for a token has no client_id and secret")
        self.token_requests.append(request)
        token = f"token-{len(self.token_requests)}"
        told = {"access_token": token, "token_type": "Bearer", "expires_in": 3600}
        return httpx2.Response(200, json=told)
