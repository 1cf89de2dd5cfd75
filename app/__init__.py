"""Everything of Gwanje that has no screen. Imports no Qt."""

__version__ = "0.1.0"
