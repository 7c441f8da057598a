"""Lets ``python -m mithaq`` do what ``mithaq`` does."""

from mithaq.cli import main

if __name__ == "__main__":
    main()
