"""A person's data goes, at his request: values, numbers, words, files, voices. Figures, dates and refusals stay."""
