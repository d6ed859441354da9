"""The blanks we print on. Invented for the demo, with figures typical of such garments."""

from shop.demo.content.ware_shapes import Garment

ALL_SIZES = ("XS", "S", "M", "L", "XL", "2XL", "3XL", "4XL")
ONE_SIZE = ("One size",)

_CARE = (
    "Wash at 30 °C, inside out, with like colours.",
    "Hang to dry; tumble drying shortens its life.",
    "Iron on the inside, never on the print.",
)

TEE = Garment(
    key="tee",
    name="Tee",
    sizes=ALL_SIZES,
    weights_grams=(140, 152, 165, 178, 192, 210, 228, 246),
    fabric="100% combed ring-spun cotton jersey",
    weight_gsm=180,
    origin="Knitted, cut and sewn in Portugal; printed in the United States",
    print_method="Screen print with water-based ink",
    care=_CARE,
    supplier_states="The supplier states that the cotton is organically grown. We hold no certificate for it.",
)

WOMENS_TEE = Garment(
    key="womens_tee",
    name="Women's tee",
    sizes=ALL_SIZES,
    weights_grams=(118, 127, 137, 148, 160, 174, 189, 205),
    fabric="100% combed ring-spun cotton jersey",
    weight_gsm=165,
    origin="Knitted, cut and sewn in Portugal; printed in the United States",
    print_method="Screen print with water-based ink",
    care=_CARE,
    supplier_states="The supplier states that the cotton is organically grown. We hold no certificate for it.",
)

LONG_SLEEVE = Garment(
    key="long_sleeve",
    name="Long sleeve",
    sizes=ALL_SIZES,
    weights_grams=(190, 206, 223, 240, 259, 282, 305, 329),
    fabric="100% combed ring-spun cotton jersey, ribbed cuffs",
    weight_gsm=190,
    origin="Knitted, cut and sewn in Portugal; printed in the United States",
    print_method="Screen print with water-based ink",
    care=_CARE,
    supplier_states=None,
)

HOODIE = Garment(
    key="hoodie",
    name="Hoodie",
    sizes=ALL_SIZES,
    weights_grams=(480, 515, 552, 590, 632, 684, 736, 790),
    fabric="85% cotton, 15% recycled polyester; brushed inside",
    weight_gsm=320,
    origin="Cut and sewn in Turkey; printed in the United States",
    print_method="Screen print with water-based ink",
    care=_CARE,
    supplier_states="The supplier states that the polyester is recycled from bottles. We hold no certificate for it.",
)

TOTE = Garment(
    key="tote",
    name="Tote",
    sizes=ONE_SIZE,
    weights_grams=(160,),
    fabric="100% cotton canvas",
    weight_gsm=270,
    origin="Woven and sewn in India; printed in the United States",
    print_method="Screen print with water-based ink",
    care=("Spot clean, or wash at 30 °C by itself.", "Hang to dry.", "Iron on the inside while damp."),
    supplier_states=None,
)

GARMENTS = {garment.key: garment for garment in (TEE, WOMENS_TEE, LONG_SLEEVE, HOODIE, TOTE)}
