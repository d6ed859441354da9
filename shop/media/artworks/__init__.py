"""The artworks: one SVG file each beside this module, drawn by `studio` in millimetres of print.

In a file `currentColor` is the first ink, `#ff6a3d` the second and `#ffffff` bare cloth (a knock-out).
"""
