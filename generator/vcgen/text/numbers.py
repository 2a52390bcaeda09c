"""Numbers that JSON cannot write (RFC 8259, section 6), and that come as texts."""

# As ECMAScript, ProtoJSON and Smithy write them, and as OData does.
NON_FINITE = frozenset({"Infinity", "-Infinity", "NaN", "INF", "-INF"})
