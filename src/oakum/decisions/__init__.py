"""From findings to a decision; pure."""
