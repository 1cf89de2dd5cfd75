"""대장: an append-only record that nobody can quietly edit. Pure: no keys, no store."""
