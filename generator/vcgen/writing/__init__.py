"""From the IR to the text of each file."""
