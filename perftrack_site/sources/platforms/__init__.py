"""One module per platform: what its files say, in our words. `sources/formats.py` lists them."""
