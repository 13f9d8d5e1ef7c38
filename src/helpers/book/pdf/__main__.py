"""``python -m helpers.book.pdf [BOOK [FOLDER]]`` builds the PDF of a book."""

import sys

from helpers.book.pdf.run import main

sys.exit(main())
