"""Definitions that take the place of others of the same name where more is needed."""
