"""One use case per file, named by a verb: the table of contents of the product."""
