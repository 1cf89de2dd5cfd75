"""What the hub does, without a transport: used by the web, the sockets and the command line."""
