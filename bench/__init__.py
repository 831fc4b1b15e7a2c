"""Figures: where the machine would decide, as a ratio against something measured in the same run."""
