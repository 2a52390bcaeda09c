"""What goes over the wire: becomes `_wire.py`."""
