"""Definitions that replace others of the same name if a package needs more."""
