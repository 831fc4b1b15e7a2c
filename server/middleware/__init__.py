"""One policy a file, each a plain ASGI class."""
