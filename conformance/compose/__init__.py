"""Composers of the vectors: one module for each class, `parts` for what they share."""
