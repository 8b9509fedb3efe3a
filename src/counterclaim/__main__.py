"""``python -m counterclaim``."""

from counterclaim.cli import main

main()
