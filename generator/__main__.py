"""`python -m generator` is `vcgen`."""

from generator.cli import main

main()
