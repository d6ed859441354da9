"""The garments, one module each: pieces, folds, seams and print areas, to the proportions of a medium size."""
