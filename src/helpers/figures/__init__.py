"""Charts and tables of the chapters: one function each, with its words in the catalogue of its chapter."""
