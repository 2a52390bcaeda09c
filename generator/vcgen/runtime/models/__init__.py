"""Bases of the models: becomes a part of `models.py`."""
