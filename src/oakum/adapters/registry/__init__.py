"""A client of the OCI distribution protocol: pull, push, logins; what the fetcher runs, and what starts the fetcher."""
