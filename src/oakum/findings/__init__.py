"""From facts to findings; pure: flows hand in what was looked up."""
