"""HTTP layer: becomes `_wire.py`."""
