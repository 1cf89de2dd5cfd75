"""The hub over HTTP and TCP: routes, the stream, the platform socket."""
