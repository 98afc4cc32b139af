"""`python -m api` is the command `policy-themes`."""

from api.cli import main

main()
