"""The rules: whom each kind of change breaks, and why. README.md shows this table.

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
        wire: Whether it breaks the wire; None where the types decide.
        callers: Whether it breaks callers; None where the types decide.
        why: The reason, as a clause.
    """

    kind: Kind | None
    what: What
    case: str
    wire: bool | None
    callers: bool | None
    why: str


REQUEST = "in a request"
REPLY = "in a reply"
ERROR = "in an error"
NOW_REQUIRED = "now required"
NOW_OPTIONAL = "now optional"
NOW_NULL = "now may be null"
OF_ANY_TYPE = ", of any type"
REQUIRED = "required"
OPTIONAL = "optional"
KIND = "a kind that bodies name"

# Kind, what happened, in which case | whether it breaks the wire and callers ("types" where these
# decide) | why.
_TABLE = """
operation    | added         |                                       |        |         | nobody calls it yet
operation    | removed       |                                       | breaks | breaks  | the server and the client lose the call
operation    | renamed       |                                       |        | breaks  | the call is the same, and callers use its name
operation    | location      |                                       | breaks |         | the old client calls where nothing is any more
operation    | security      | narrowed                              | breaks |         | the server no longer takes the credentials that the old client sends
operation    | security      | widened                               |        |         | what was sent is still taken
parameter    | added         | required                              | breaks | breaks  | the old client does not send it, and callers do not pass it
parameter    | added         | optional                              |        |         | it may be left out
parameter    | removed       |                                       | breaks | breaks  | the server may refuse what it does not know, and callers may pass it
parameter    | renamed       | argument                              |        | breaks  | the same is sent, and callers pass it by its name
parameter    | renamed       | on the wire                           | breaks |         | the old client sends a name that the server no longer knows
parameter    | location      |                                       | breaks |         | the old client sends it where the server no longer looks
parameter    | format        |                                       | breaks |         | the old client writes it in another style
parameter    | order         |                                       |        | breaks  | required arguments may be passed by position
parameter    | required      | now required                          | breaks | breaks  | the old client may go without it, and so may callers
parameter    | required      | now optional                          |        | breaks  | an argument that may be left out is passed by name, no longer by position
parameter    | required      | now may be null                       |        |         | what was passed still is
parameter    | type          |                                       | types  | types   | in a URL or header all is text; see below
request body | added         | required                              | breaks | breaks  | the old client does not send it, and callers do not pass it
request body | added         | optional                              |        |         | it may be left out
request body | removed       |                                       | breaks | breaks  | the server may refuse what it does not know, and callers may pass it
request body | format        |                                       | breaks |         | the old client sends another media type
request body | required      | now required                          | breaks | breaks  | the old client may go without it, and so may callers
request body | required      | now optional                          |        | breaks  | an argument that may be left out is passed by name, no longer by position
request body | required      | now may be null                       |        |         | what was passed still is
request body | type          |                                       | types  | types   | see below
reply        | added         |                                       | breaks |         | the old client takes a success that it does not know for a fault
reply        | added         | in a range that was declared          | types  |         | the old client reads it as one of the range
reply        | added         | in a range where nothing was read     |        |         | the old client ignores the body
reply        | removed       |                                       |        |         | it is no longer answered
reply        | format        |                                       | breaks | types   | the old client reads another form of body
reply        | format        | JSON as before                        |        |         | it is JSON by another name
reply        | format        | where nothing was read                |        | types   | the old client ignores the body; see below
reply        | type          |                                       | types  | types   | callers see what all statuses together answer; see below
reply        | type          | of all statuses                       |        | types   | a status came or went, and callers are given something else
error        | added         |                                       |        |         | whatever the status, it is an ApiError
error        | removed       |                                       |        |         | it is no longer answered
error        | renamed       |                                       |        | breaks  | callers catch the exception by its name
error        | renamed       | a kind that bodies name               |        |         | the kind in the body decides, and the status only where there is none
error        | type          |                                       |        | types   | an error body that cannot be read is still its exception
error        | type          | by its exception                      |        |         | where errors have a base in common, the exception says what its body is
exception    | added         |                                       |        |         | it is an ApiError, as before
exception    | renamed       |                                       |        | breaks  | callers catch it by its name
exception    | removed       |                                       |        | breaks  | callers import it
exception    | type          |                                       |        | types   | an error body that cannot be read is still its exception
class        | added         |                                       |        |         | nobody uses it yet
class        | removed       |                                       |        | breaks  | callers import it; what became of its values is told where they are
class        | renamed       | class                                 |        | breaks  | callers import it by its name, which is not on the wire
class        | renamed       | schema alone                          |        |         | the class keeps its name
class        | location      |                                       |        | breaks  | callers import it from its module
class        | type          | of another kind                       |        | breaks  | it is made and used otherwise; what became of its values is told where they are
class        | type          | base gained                           |        |         | it is all that it was
class        | type          | base lost                             |        | breaks  | it is no longer accepted where its base is
class        | tag           | another one in a request              | breaks |         | the old client sends the tag in a property that the server no longer looks at
class        | tag           | another one in a reply                | breaks |         | the old client looks at a property that no longer tells alternatives apart
class        | tag           | another one in an error               |        |         | an error body that cannot be read is still its exception
class        | tag           | one now in a request                  | breaks |         | the server looks at a property in which the old client sends what it likes
class        | tag           | none before or now                    |        |         | what no property tells apart is told by what fits
field        | added         | required in a request                 | breaks | breaks  | the old client does not send it, and callers do not set it
field        | added         | optional in a request                 |        |         | it may be left out
field        | added         | in a reply                            |        |         | what is not known is ignored
field        | removed       | in a request                          | breaks | breaks  | the server may refuse what it does not know, and callers may set it
field        | removed       | required in a reply                   | breaks | breaks  | the old client insists on it, and callers read it
field        | removed       | required in an error                  |        | breaks  | an error body that cannot be read is still its exception, and callers read the field
field        | removed       | optional in a reply                   |        | breaks  | the old client does without it, and callers read it
field        | renamed       | field                                 |        | breaks  | callers use the field's name, which is not on the wire
field        | renamed       | on the wire in a request              | breaks |         | the old client sends a name that the server no longer knows
field        | renamed       | on the wire in a reply                | breaks |         | the old client reads a name that the server no longer sends
field        | renamed       | on the wire in an error               |        |         | an error body that cannot be read is still its exception
field        | required      | now required in a request             | breaks | breaks  | the old client may go without it, and so may callers
field        | required      | now required in a reply               |        |         | callers expect that it may be missing, and it no longer is
field        | required      | now optional in a request             |        |         | it may still be sent
field        | required      | now optional in a reply               | breaks | breaks  | the old client insists on it, and callers do not expect None
field        | required      | now optional in an error              |        | breaks  | an error body that cannot be read is still its exception, and callers do not expect None
field        | required      | now optional in a reply, of any type  | breaks |         | the old client insists on it, and what may be anything may be None
field        | required      | now optional in an error, of any type |        |         | an error body that cannot be read is still its exception, and what may be anything may be None
field        | required      | now may be null in a request          |        |         | what was sent still is
field        | required      | now may be null in a reply            | breaks | breaks  | the old client insists on a value, and callers do not expect None
field        | required      | now may be null in an error           |        | breaks  | an error body that cannot be read is still its exception, and callers do not expect None
field        | type          | in a request                          | types  | types   | see below
field        | type          | in a reply                            | types  | types   | see below
field        | type          | in an error                           |        | types   | an error body that cannot be read is still its exception; see below
alternative  | added         | in a request                          |        |         | nobody sends it yet
alternative  | added         | in a reply, told by a tag             |        | breaks  | the old client keeps what it does not know, and callers do not expect the type
alternative  | added         | in a reply                            | breaks | breaks  | the old client cannot tell what it is, and callers do not expect the type
alternative  | added         | in an error                           |        | breaks  | an error body that cannot be read is still its exception, and callers do not expect the type
alternative  | removed       | in a request                          | breaks | breaks  | the server no longer takes it, and callers may pass it
alternative  | removed       | in a reply                            |        |         | it is no longer answered
alternative  | tag           | added in a request                    |        |         | nobody sends it yet
alternative  | tag           | added in a reply                      | breaks |         | the old client takes a value with this tag for another alternative
alternative  | tag           | added in an error                     |        |         | an error body that cannot be read is still its exception
alternative  | tag           | removed in a request                  | breaks |         | the server no longer knows a tag that callers set
alternative  | tag           | removed in a reply                    |        |         | it is no longer answered
value        | added         |                                       |        |         | enums are open: a value that is not known is kept
value        | removed       | in a request                          | breaks | breaks  | the server no longer takes it, and callers use the member
value        | removed       | in a reply                            |        | breaks  | it is no longer answered, and callers use the member
value        | renamed       |                                       |        | breaks  | callers use the member's name, which is not on the wire
client       | location      | default server                        | breaks |         | the old client calls the server that the old document names
client       | location      | no default server                     |        | breaks  | callers that name no server must do so now
client       | location      | a default now                         |        |         | callers name their server
client       | location      | scheme                                | breaks |         | the old client connects as the old document says
client       | location      | base URL                              |        |         | the whole address is the same; who passes `base_url` takes the path from the new document
client       | location      | modules                               |        | breaks  | callers import models from modules that have moved; `layout` in the configuration settles where they are
client       | added         |                                       |        |         | nobody passes it yet
client       | removed       |                                       |        | breaks  | callers pass the credential, or log in
client       | security      |                                       | breaks |         | the old client sends the credential in another way
client       | security      | a name and a password, or a token     | breaks | breaks  | the old client sends another kind of credential, and callers pass it
any          | constraints   | tighter in a request                  | breaks |         | the server refuses values that it took before
any          | constraints   | otherwise                             |        |         | what was sent is still taken, and replies are not validated
any          | default       |                                       |        |         | the server acts otherwise where it is left out
any          | deprecated    |                                       |        |         | it works as before
any          | documentation |                                       |        |         | it works as before
"""

_BREAKS = {"breaks": True, "": False, "types": None}


def _rules() -> Iterator[Rule]:
    for line in _TABLE.strip().splitlines():
        kind, what, case, wire, callers, why = (cell.strip() for cell in line.split("|"))
        of = None if kind == "any" else Kind(kind)
        yield Rule(of, What(what), case, _BREAKS[wire], _BREAKS[callers], why)


RULES = tuple(_rules())

_BY_CASE = {(rule.kind, rule.what, rule.case): rule for rule in RULES}


def rule_of(kind: Kind, what: What, case: str = "") -> Rule:
    """Return the row of the table that a change falls under.

    What is said of a reply holds for the body of an error, unless the table says otherwise.

    Raises:
        KeyError: The table has no such row.
    """
    for name in (case, case.replace(ERROR, REPLY)):
        if rule := _BY_CASE.get((kind, what, name)) or _BY_CASE.get((None, what, name)):
            return rule
    raise KeyError(kind, what, case)


def verdict(kind: Kind, what: What, case: str = "") -> Verdict:
    """Return what the table says of a change; the types decide none of these."""
    rule = rule_of(kind, what, case)
    return Verdict(bool(rule.wire), bool(rule.callers), rule.why)


def either(*verdicts: Verdict) -> Verdict:
    """Return the verdict on a change that is looked at from several sides, such as both directions.

    The reasons are those of the sides that break something, if any does.
    """
    told = [one for one in verdicts if one.is_breaking] or verdicts[:1]
    why = "; ".join(dict.fromkeys(one.why for one in told))
    return Verdict(any(one.wire for one in told), any(one.callers for one in told), why)
