#!/usr/bin/env bash
# httpx2 2.16.2: a client that was made with `params` removes the query of every URL it is given. The
# link to the next page, which a server sends complete, is so a link to the first one: a loop over the
# pages gets the same page again and again. `params={}` of one call removes the query too, while
# `params=None` leaves it. requests adds to the query instead.
#
# Source: RFC 8288, section 3.1 (the target of a link is a URI reference, so with its query), and
# RFC 3986, section 3.4 (the query is a part of what names the resource). For the `params` of one
# call, issue 3433 of httpx calls it intended.
source "$(dirname "$0")/lib.sh"
install httpx2==2.16.2 requests==2.34.2

python - <<'END' | expect "the link: https://example.com/pets?page=2
requests: https://example.com/pets?page=2&tenant=7
httpx2:   https://example.com/pets?tenant=7
{}:       https://example.com/pets
None:     https://example.com/pets?page=2"
import httpx2
import requests

LINK = "https://example.com/pets?page=2"
print("the link:", LINK)
session = requests.Session()
session.params = {"tenant": "7"}
print("requests:", session.prepare_request(requests.Request("GET", LINK)).url)
print("httpx2:  ", httpx2.Client(params={"tenant": "7"}).build_request("GET", LINK).url)
print("{}:      ", httpx2.Client().build_request("GET", LINK, params={}).url)
print("None:    ", httpx2.Client().build_request("GET", LINK, params=None).url)
END
