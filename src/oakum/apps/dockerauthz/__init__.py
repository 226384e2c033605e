"""The authorization plug-in of Docker: a supervisor that holds the socket, and the decider that it starts."""
