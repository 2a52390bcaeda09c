"""Names and prose: every identifier of the output is decided here."""
