"""``python tests/lab up|down|fault NAME|clear|list|record`` (as root)."""

from lab.command import main

main()
