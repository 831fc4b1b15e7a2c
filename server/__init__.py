"""The server: hands out covers and packs, and knows almost nothing."""
