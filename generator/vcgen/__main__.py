"""`python -m generator` is `vcgen`."""

from vcgen.cli import main

main()
