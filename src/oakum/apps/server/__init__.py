"""The server: a supervisor, an API process and a worker over the same stores."""
