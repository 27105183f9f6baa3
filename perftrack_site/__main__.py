"""`python -m perftrack_site` is `perftrack`."""

from perftrack_site.cli import main

main()
