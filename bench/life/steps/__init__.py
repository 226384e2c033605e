"""The steps of the story, in order; each says in a line what it showed, or fails with a line of its own."""
