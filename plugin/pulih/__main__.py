"""`python -m pulih` is the command `pulih`."""

from pulih.cli import main

main(prog_name="pulih")
