"""Pictures: garments drawn to order, as SVG and as pixels.

A *picture* is a garment, a view, a cloth colour and perhaps an artwork (`PictureSpec`). Drawing is pure; a picture's
digest names its content, so that its path may be cached for good. Nothing here knows the database, the clock or
the web.
"""
