"""The nouns of Oakum: frozen values that all stages share; they do no I/O."""
