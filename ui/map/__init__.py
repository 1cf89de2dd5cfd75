"""The map: where everything is, what sees it, and what moves."""
