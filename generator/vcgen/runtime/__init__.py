"""What generated clients carry, as Python that is linted, typed and tested here.

Nothing of vcgen imports it: its text is read, and the definitions that a package
reaches are copied into it. `variants` holds definitions that take the place of others
of the same name, where a package needs more.
"""
