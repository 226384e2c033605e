"""Who may ask the server: passwords, tokens, sessions, and what each may do."""
