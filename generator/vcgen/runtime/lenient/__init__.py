"""The second reading of a reply that differs from the document in a part."""
