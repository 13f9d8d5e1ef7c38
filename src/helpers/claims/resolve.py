"""For each disagreement, the function that says which of its resolutions the figures lead to."""
