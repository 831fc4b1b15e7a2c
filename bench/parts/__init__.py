"""What several figures need; no figure by itself."""
