"""The subcommands of `python -m app.hub`."""
