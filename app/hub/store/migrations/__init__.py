"""The schema, step by step. A step that was released never changes."""
