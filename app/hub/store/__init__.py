"""The hub's store: one log, the entities that follow from it, and what the hub keeps beside them.

It knows kinds, ids and JSON, and nothing of incidents or cameras.
"""
