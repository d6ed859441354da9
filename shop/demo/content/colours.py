"""The eight fabric colours of the shop."""

from shop.demo.content.ware_shapes import Colour

INK = Colour(code="INK", name="Ink", hex="#17181c")
PAPER = Colour(code="PAP", name="Paper", hex="#f6f1e7")
NAVY = Colour(code="NVY", name="Navy", hex="#1f2a44")
FOREST = Colour(code="FOR", name="Forest", hex="#24483a")
CLAY = Colour(code="CLY", name="Clay", hex="#b4552f")
SKY = Colour(code="SKY", name="Sky", hex="#a9c6d8")
SAND = Colour(code="SND", name="Sand", hex="#d9c7a6")
PLUM = Colour(code="PLM", name="Plum", hex="#53294a")

COLOURS = (INK, PAPER, NAVY, FOREST, CLAY, SKY, SAND, PLUM)
