"""What the classes of the models are built upon: becomes a part of `models.py`."""
