"""All linters with one command; each runs even if another has found something."""
