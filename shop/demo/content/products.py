"""Everything on the shelf, in the order in which a new shop shows it."""

from shop.demo.content.layers import LAYERS
from shop.demo.content.tees import TEES

PRODUCTS = (*TEES, *LAYERS)
