"""Lenient decoding of responses that differ from the API document."""
