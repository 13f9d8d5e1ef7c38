"""The models and calculations of the chapters: pure functions of tables and numbers; no charts, no words, no Sphinx."""
