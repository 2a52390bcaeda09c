"""`collectionFormat`, which was in Swagger 2.0 what `style` and `explode` are."""

from collections.abc import Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text import marks
from vcgen.text.nodes import text

STYLES: Mapping[str, Mapping[str, object]] = {
    "csv": {"style": "form", "explode": False},
    "ssv": {"style": "spaceDelimited", "explode": False},
    "pipes": {"style": "pipeDelimited", "explode": False},
    "multi": {"style": "form", "explode": True},
    # Not in the standard: `ids[]=1&ids[]=2`, where the name gets the brackets.
    "brackets": {"style": "form", "explode": True},
}
BY_MARKS = frozenset({"ssv", "pipes"})


@dialect_pass(Kind.PARAMETER)
def collection_formats(node: Node, _: Place) -> Change | None:
    """Write the style that is meant, if there is none.

    Elsewhere than in a query, commas need not be stated, and OpenAPI 3 has no other marks.
    """
    stated = text(node.get("collectionFormat"))
    if stated not in STYLES or {"style", "explode"} & node.keys():
        return None
    rest: dict[str, object] = {k: v for k, v in node.items() if k != "collectionFormat"}
    if node.get("in") == "query":
        rest |= STYLES[stated]
        name = text(node.get("name"))
        if stated == "brackets" and not name.endswith("[]"):
            rest["name"] = f"{name}[]"
    elif stated in BY_MARKS:
        rest[marks.STYLE] = STYLES[stated]["style"]
    message = f'`collectionFormat` is "{stated}": read as the style that means the same'
    return Change(rest, (message,))
