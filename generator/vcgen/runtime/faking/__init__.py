"""Faking: a server in process, for tests. Becomes `testing.py`."""
