"""Pictures: garments drawn to order, as SVG and as pixels, and prints that staff bring.

A *picture* is a garment, a view, a cloth colour and perhaps an artwork (`PictureSpec`). Drawing is pure; a picture's
digest names its content, so that its path may be cached for good. Drawing knows no database and no clock; only what is
known of uploaded prints (`models`, `queries`, `operations`) is a table.
"""
