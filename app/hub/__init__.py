"""The central server: `python -m app.hub`."""
