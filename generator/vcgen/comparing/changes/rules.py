"""The rules: whom each kind of change breaks, and why. docs/breaking-changes.md shows this table.

The two verdicts look in different directions. The wire asks of the *old client* whether it can talk
to the *new server*: what it sends must still be taken, what it is answered still be understood. The
callers ask of *code written against the old client* whether it type-checks and runs against the
*new client*: what it passes must still be accepted, what it reads must still be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vcgen.comparing.changes.change import Kind, Verdict, What


class Rule(NamedTuple):
    """One row of the table.

    Attributes:
        kind: What the change is about; None for anything.
        what: What happened.
        case: When this row holds, "" where always.
        wire: Whether it breaks the wire for a client that reads strictly; None where the types
            decide.
        lenient: The same for one that reads leniently.
        callers: Whether it breaks callers; None where the types decide.
        why: The reason, as a clause.
    """

    kind: Kind | None
    what: What
    case: str
    wire: bool | None
    lenient: bool | None
    callers: bool | None
    why: str


REQUEST = "in a request"
REPLY = "in a reply"
ERROR = "in an error"
NOW_REQUIRED = "now required"
NOW_OPTIONAL = "now optional"
NOW_NULL = "now may be null"
NULL_REFUSED = "null is refused now"
NOW_FILLED_IN = "another value is filled in, in a request"
LEFT_OUT = "now left out of "
PART = "now part of "
REQUESTS = "requests"
REPLIES = "replies"
OF_ANY_TYPE = ", of any type"
FROM_NULL = ", which could be null"
REQUIRED = "required"
OPTIONAL = "optional"
KIND = "a kind that bodies name"

UNSENT = "that is read-only in a request"
"""Follows the case for what no request should hold, though a caller can set it."""
UNREAD = "that is write-only in a reply"
"""Follows the case for what no reply should hold, though a caller can read it."""

# Kind, what happened, in which case | whether it breaks the wire ("strict" where it does for a
# client that reads strictly alone) and callers ("types" where these decide) | why; first why it
# breaks the wire, then callers, where it breaks both.
_TABLE = """
operation    | added         |                                       |        |         | no code calls it yet
operation    | removed       |                                       | breaks | breaks  | the server does not have the operation; the new client does not have the method
operation    | renamed       |                                       |        | breaks  | your code calls the method by its name
operation    | location      |                                       | breaks |         | the old client calls the old address
operation    | location      | server                                | breaks | breaks  | the old client calls the old server; your code may pass `base_url` or `servers`, and not reach the new one
operation    | location      | server, at the same address           |        | breaks  | your code may pass `servers` with the old URL
operation    | location      | server, the old one is there          |        | breaks  | your code may pass `servers` with the old URL
operation    | security      | narrowed                              | breaks |         | the server does not accept the credentials that the old client sends
operation    | security      | more scopes                           | breaks |         | the token of the old client may not have the scope
operation    | security      | widened                               |        |         | the server still accepts the credentials that the old client sends
parameter    | added         | required                              | breaks | breaks  | the old client does not send it; your code does not pass it
parameter    | added         | optional                              |        |         | it can be left out
parameter    | added         | a credential before                   |        | breaks  | the old client sends it as the credential; your code does not pass it
parameter    | removed       | a credential now                      |        | breaks  | the server reads it as the credential; your code may pass it
parameter    | removed       |                                       | breaks | breaks  | the server may reject a parameter that it does not know; your code may pass it
parameter    | renamed       | argument                              |        | breaks  | your code may pass it by its name
parameter    | renamed       | on the wire                           | breaks |         | the old client sends the old name
parameter    | location      |                                       | breaks |         | the old client sends it in the old place
parameter    | format        |                                       | breaks |         | the old client writes it in the old style
parameter    | format        | escaping                              |        |         | a server reads a character whether or not it is escaped
parameter    | order         |                                       |        | breaks  | your code may pass required arguments by position
parameter    | required      | now required                          | breaks | breaks  | the old client may leave it out; your code may leave it out or pass None
parameter    | required      | now optional                          |        | breaks  | an optional argument is passed by name, and your code may pass it by position
parameter    | required      | now may be null                       |        |         | every value that was accepted still is
parameter    | absent        |                                       |        | breaks  | None, or no value, has another meaning now
parameter    | absent        | another value is filled in, in a request | breaks |      | the old client sends the old value
parameter    | type          |                                       | types  | types   | everything is text in a URL or a header; see below
request body | added         | required                              | breaks | breaks  | the old client does not send it; your code does not pass it
request body | added         | optional                              |        |         | it can be left out
request body | removed       |                                       | breaks | breaks  | the server may reject a body that it does not know; your code may pass it
request body | format        |                                       | breaks |         | the old client sends the old format
request body | format        | still accepted                        |        |         | the server still accepts the format that the old client sends
request body | format        | escaping                              |        |         | a server reads a character whether or not it is escaped
request body | required      | now required                          | breaks | breaks  | the old client may leave it out; your code may leave it out or pass None
request body | required      | now optional                          |        | breaks  | an optional argument is passed by name, and your code may pass it by position
request body | required      | now may be null                       |        |         | every value that was accepted still is
request body | absent        |                                       |        | breaks  | None, or no value, has another meaning now
request body | absent        | null is refused now                   | breaks | breaks  | the old client may send null, and None is not sent now
request body | type          |                                       | types  | types   | see below
reply        | added         |                                       | breaks |         | the old client reports a success that it does not know as an error
reply        | added         | of the only type that is known        | strict |         | the old client reports a success that it does not know as an error
reply        | added         | in a range that was declared          | types  |         | the old client reads it as a status of the range
reply        | added         | in a range where nothing was read     |        |         | the old client ignores the body
reply        | removed       |                                       |        |         | the server no longer sends it
reply        | format        |                                       | breaks | types   | the old client reads the old format
reply        | format        | JSON as before                        |        |         | both media types are JSON
reply        | format        | still offered                         |        | types   | the server still offers the format that the old client asks for
reply        | format        | text, and no longer as JSON           | strict | types   | the old client reads the old format
reply        | format        | where nothing was read                |        | types   | the old client ignores the body
reply        | format        | where anything was read               |        | types   | the old client reads any body
reply        | type          |                                       | types  | types   | your code receives one type for all statuses
reply        | type          | of all statuses                       |        | types   | a status was added or removed, and the method returns another type
error        | added         |                                       |        |         | every error status raises an ApiError
error        | removed       |                                       |        |         | the server no longer sends it
error        | renamed       |                                       |        | breaks  | `except` with the old exception no longer catches this status
error        | renamed       | from ApiError                         |        |         | the new exception is an ApiError, too
error        | renamed       | a kind that bodies name               |        |         | the kind in the body decides, and the status only if there is none
error        | type          |                                       |        | types   | an error body that cannot be read still raises its exception
error        | type          | by its exception                      |        |         | the type of the body belongs to the exception
waiter       | added         |                                       |        |         | no code calls it yet
waiter       | removed       |                                       |        | breaks  | your code may call it
waiter       | renamed       |                                       |        | breaks  | your code calls it by its name
waiter       | type          |                                       |        | types   | your code receives what it returns, and what it reports
waiter       | format        |                                       |        |         | it ends the wait in another way, which the new client knows
iterator     | added         |                                       |        |         | no code calls it yet
iterator     | removed       |                                       |        | breaks  | your code may call it
iterator     | renamed       |                                       |        | breaks  | your code calls it by its name
iterator     | type          |                                       |        | types   | your code receives its items and pages
iterator     | format        |                                       | breaks |         | the old client does not find the next page
task         | added         |                                       |        | breaks  | the method returns a handle in place of the response
task         | removed       |                                       |        | breaks  | the method returns the response in place of a handle
task         | type          |                                       |        | types   | your code receives its result
task         | format        |                                       | breaks |         | the old client does not find the task
exception    | added         |                                       |        |         | it is an ApiError, as before
exception    | renamed       |                                       |        | breaks  | your code catches it by its name
exception    | removed       |                                       |        | breaks  | your code may import it
exception    | tag           |                                       |        |         | an error of a kind that is not known raises the exception of its status
exception    | tag           | of another exception now              |        | breaks  | `except` with the old exception no longer catches this kind
exception    | tag           | told by another property              |        |         | an error of a kind that is not known raises the exception of its status
exception    | type          |                                       |        | types   | an error body that cannot be read still raises its exception
class        | added         |                                       |        |         | no code uses it yet
class        | removed       |                                       |        | breaks  | your code may import it; its values are reported where they are used
class        | renamed       | class                                 |        | breaks  | your code imports it by its name
class        | renamed       | schema alone                          |        |         | the class keeps its name
class        | location      |                                       |        | breaks  | your code imports it from its module
class        | type          | of another kind                       |        | breaks  | its values are made and used in another way
class        | type          | base gained                           |        |         | it is everything that it was
class        | type          | base lost                             |        | breaks  | it is no longer accepted instead of its base
class        | tag           | another one in a request              | breaks |         | the old client sends the tag in the old property
class        | tag           | another one in a reply                | breaks |         | the old client reads the tag from the old property
class        | tag           | another one in an error               |        |         | an error body that cannot be read still raises its exception
class        | tag           | one now in a request                  | breaks |         | the server reads the tag from a property in which the old client may send anything
class        | tag           | any other in a request                | breaks |         | the server reads a value whose tag it does not know as another type
class        | tag           | any other in a reply                  | breaks |         | the old client reads a value whose tag it does not know as another type
class        | tag           | any other in an error                 |        |         | an error body that cannot be read still raises its exception
class        | tag           | none before or now                    |        |         | without a tag, the type is the one that fits
field        | added         | required in a request                 | breaks | breaks  | the old client does not send it; your code does not set it
field        | added         | optional in a request                 |        |         | it can be left out
field        | added         | in a reply                            |        |         | the old client ignores properties that it does not know
field        | removed       | in a request                          | breaks | breaks  | the server may reject a property that it does not know; your code may set it
field        | removed       | still accepted in a request           |        | breaks  | your code may set it
field        | removed       | required in a reply                   | strict | breaks  | the old client requires it; your code may read it
field        | removed       | required in an error                  |        | breaks  | your code may read it
field        | removed       | optional in a reply                   |        | breaks  | your code may read it
field        | renamed       | field                                 |        | breaks  | your code uses the field by its name
field        | renamed       | on the wire in a request              | breaks |         | the old client sends the old name
field        | renamed       | on the wire in a reply                | strict |         | the old client reads the old name
field        | renamed       | on the wire in an error               |        |         | an error body that cannot be read still raises its exception
field        | required      | now required in a request             | breaks | breaks  | the old client may leave it out; your code may leave it out or set None
field        | required      | now required in a reply               |        |         | your code handles None, and there is none
field        | required      | now optional in a request             |        |         | it can still be sent
field        | required      | now optional in a reply               | strict | breaks  | the old client requires it; your code does not handle None
field        | required      | now optional in an error              |        | breaks  | your code does not handle None
field        | access        | now left out of requests              |        |         | the server ignores it
field        | access        | now left out of replies               |        |         | the old client reads that it is not there
field        | access        | now part of requests                  |        |         | it can be left out
field        | access        | now part of replies                   |        |         | the old client reads it
field        | absent        |                                       |        | breaks  | None, or no value, has another meaning now
field        | absent        | another value is filled in, in a request | breaks |      | the old client sends the old value
field        | absent        | null is refused now                   | breaks | breaks  | the old client may send null, and None is not sent now
field        | required      | now optional in a reply, of any type  | strict |         | the old client requires it
field        | required      | now optional in an error, of any type |        |         | a value of any type may be None
field        | required      | now optional in a reply, which could be null | strict |    | the old client requires it
field        | required      | now optional in an error, which could be null |   |        | your code handles None
field        | required      | now may be null in a request          |        |         | every value that was accepted still is
field        | required      | now may be null in a reply            | strict | breaks  | the old client requires a value; your code does not handle None
field        | required      | now may be null in an error           |        | breaks  | your code does not handle None
field        | type          | in a request                          | types  | types   | see below
field        | type          | in a reply                            | types  | types   | see below
field        | type          | in an error                           |        | types   | an error body that cannot be read still raises its exception
alternative  | added         | in a request                          |        |         | no code sends it yet
alternative  | added         | in a reply, with a tag             |        | breaks  | your code does not handle the type
alternative  | added         | in a reply                            | breaks | breaks  | the old client cannot read it; your code does not handle the type
alternative  | added         | in an error                           |        | breaks  | your code does not handle the type
alternative  | removed       | in a request                          | breaks | breaks  | the server no longer accepts it; your code may pass it
alternative  | removed       | in a reply                            |        |         | the server no longer sends it
alternative  | tag           | added in a request                    |        |         | no code sends it yet
alternative  | tag           | added in a reply                      | breaks |         | the old client reads a value with this tag as another type
alternative  | tag           | added in an error                     |        |         | an error body that cannot be read still raises its exception
alternative  | tag           | removed in a request                  | breaks |         | the server does not know a tag that the old client may send
alternative  | tag           | as any other                          |        |         | a value whose tag is not known is of this type, too
alternative  | tag           | removed in a reply                    |        |         | the server no longer sends it
value        | added         |                                       |        |         | an enum keeps values that it does not know
value        | removed       | in a request                          | breaks | breaks  | the server no longer accepts it; your code may use the member
value        | removed       | in a reply                            |        | breaks  | your code may use the member
value        | renamed       |                                       |        | breaks  | your code uses the member by its name
client       | location      | default server                        | breaks |         | the old client calls the old server
client       | location      | default server, the old one is there  |        |         | the document still names the server that the old client calls
client       | location      | no default server                     |        | breaks  | your code must name the server
client       | location      | a default now                         |        |         | your code names the server
client       | location      | scheme                                | breaks |         | the old client connects with the old scheme
client       | location      | base URL                              |        | breaks  | the part of the address that `base_url` stands for has changed, and your code may pass it; `base_path` in the configuration keeps it
client       | location      | base path                             | breaks | breaks  | the old client calls addresses with the old base path; your code may pass `base_url`
client       | location      | base path, the old one is there       |        |         | the document still names the server that the old client calls
client       | location      | modules                               |        | breaks  | your code imports models from their modules; `layout` in the configuration keeps them
client       | added         |                                       |        |         | no code passes it yet
client       | removed       |                                       |        | breaks  | your code passes the credential or logs in
client       | added         | part of the URL                       |        |         | no code passes it yet
client       | removed       | part of the URL                       |        | breaks  | your code may pass it
client       | type          | values of a part of the URL           |        | breaks  | your code may pass a value that is no longer one
client       | location      | part of the URL that is needed        |        | breaks  | your code must say what it is, or pass `base_url`
client       | type          | ways to give a credential             |        | breaks  | your code may give it in a way that is no longer one
client       | location      | server of tokens                      | breaks |         | the old client asks the old server for tokens
client       | security      |                                       | breaks |         | the old client sends the credential in the old way
client       | security      | a name and a password, or a token     | breaks | breaks  | the old client sends another kind of credential; your code passes it
any          | constraints   | tighter in a request                  | breaks |         | the server may reject values that it accepted
any          | constraints   | otherwise                             |        |         | values that were accepted still are, and replies are not validated
any          | default       |                                       |        |         | the server uses the default if the value is left out
any          | deprecated    |                                       |        |         | it works as before
any          | documentation |                                       |        |         | it works as before
"""

_BREAKS = {"breaks": True, "strict": True, "": False, "types": None}


def _rules() -> Iterator[Rule]:
    for line in _TABLE.strip().splitlines():
        kind, what, case, wire, callers, why = (cell.strip() for cell in line.split("|"))
        of = None if kind == "any" else Kind(kind)
        lenient = False if wire == "strict" else _BREAKS[wire]
        yield Rule(of, What(what), case, _BREAKS[wire], lenient, _BREAKS[callers], why)


RULES = tuple(_rules())

_BY_CASE = {(rule.kind, rule.what, rule.case): rule for rule in RULES}


def rule_of(kind: Kind, what: What, case: str) -> Rule:
    """Return the row of the table that a change falls under.

    What is said of a reply holds for the body of an error, unless the table says otherwise; and
    what is not on the wire breaks callers as if it was.

    Raises:
        KeyError: The table has no such row.
    """
    case = case.replace(UNSENT, REQUEST).replace(UNREAD, REPLY)
    for name in (case, case.replace(ERROR, REPLY)):
        if rule := _BY_CASE.get((kind, what, name)) or _BY_CASE.get((None, what, name)):
            return rule
    raise KeyError(kind, what, case)


def verdict(kind: Kind, what: What, case: str = "") -> Verdict:
    """Return what the table says of a change; the types decide none of these."""
    rule = rule_of(kind, what, case)
    is_forgiven = bool(rule.wire) and not rule.lenient
    found = Verdict(bool(rule.wire), bool(rule.callers), rule.why, is_forgiven)
    return aside(found) if UNSENT in case or UNREAD in case else found


def aside(found: Verdict) -> Verdict:
    """Return a verdict for what is not on the wire: it may break callers alone."""
    for_callers = found.why.rpartition("; ")[2] if found.wire else found.why
    why = for_callers if found.callers else "it is not sent in this direction"
    return Verdict(False, found.callers, why)


def either(*verdicts: Verdict) -> Verdict:
    """Return the verdict on a change that is looked at from several sides, such as both directions.

    The reasons are those of the sides that break something, if any does.
    """
    told = [one for one in verdicts if one.is_breaking] or verdicts[:1]
    reasons = [reason for one in told for reason in one.why.split("; ")]
    why = "; ".join(dict.fromkeys(reasons))
    on_wire = [one for one in told if one.wire]
    is_forgiven = bool(on_wire) and all(one.is_forgiven for one in on_wire)
    callers = any(one.callers for one in told)
    return Verdict(bool(on_wire), callers, why, is_forgiven)
