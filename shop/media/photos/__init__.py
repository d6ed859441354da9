"""Photographs and logos that staff bring: the library, where its pictures are used, and their sizes on disk.

Words: the *original* is what was made anew from the pixels that were sent; a *size* is one width in one format, made by
the worker. The *focus* is the point, in hundredths from left and top, that stays in sight where a picture is cut.
Invariants: every picture has words for those who cannot see it; a logo's permission is noted; what is used stays.
"""
