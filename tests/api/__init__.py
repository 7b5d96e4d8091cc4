"""The HTTP service: a real server and a real client on loopback."""
