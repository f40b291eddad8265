"""``python -m leadgate``, as the console script."""

from leadgate.cli import main

main()
