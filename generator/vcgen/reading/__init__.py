"""From a file, or several, to one plain OpenAPI tree that knows where its nodes came from."""
