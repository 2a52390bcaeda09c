"""Tasks: what a server goes on with after its response. Becomes `_tasks.py`."""
