"""`python -m postroom` is the command `postroom`."""

from postroom.runtime.cli import main

if __name__ == "__main__":
    main()
