"""Names, prose and pointers: every identifier of the output is decided here."""
