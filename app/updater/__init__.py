"""The helper program of updates: `python -m app.updater`, with an administrator's rights."""
