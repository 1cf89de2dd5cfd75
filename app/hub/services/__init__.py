"""What the hub does: incidents, walls, the registry, intake, outages and what leaves for others.

No transport: every act takes the subject who asks and an already parsed message.
"""
