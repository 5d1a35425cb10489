"""The command `pulih`, also as `python -m pulih`."""

import gc


def main() -> None:
    """Run the command."""
    gc.disable()  # nothing of what is imported is garbage, and looking for it takes a tenth of the start
    from pulih.cli import main as command  # noqa: PLC0415 - see above

    gc.freeze()
    gc.enable()
    command(prog_name="pulih")


if __name__ == "__main__":
    main()
