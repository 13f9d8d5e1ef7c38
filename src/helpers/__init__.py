"""The code of *Two Races*: tables, analysis, findings, claims, figures, and the book that shows them.

One direction only: data → analysis → findings → claims and figures → book. A chapter's kernel never imports
``helpers.book``.
"""
