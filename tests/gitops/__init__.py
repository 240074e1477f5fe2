"""The ready-made parts for CI systems: their files are checked by linters, and every script in them is executed."""
