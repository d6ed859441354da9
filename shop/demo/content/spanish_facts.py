"""What is said of garments, sentence by sentence, in Spanish."""

from shop.demo.content.products import PRODUCTS

SAID = {
    "100% combed ring-spun cotton jersey": "Punto 100\u00a0% algodón peinado hilado en anillo",
    "100% combed ring-spun cotton jersey, ribbed cuffs": (
        "Punto 100\u00a0% algodón peinado hilado en anillo, puños acanalados"
    ),
    "85% cotton, 15% recycled polyester; brushed inside": (
        "85\u00a0% algodón, 15\u00a0% poliéster reciclado; cardada por dentro"
    ),
    "100% cotton canvas": "Lona 100\u00a0% algodón",
    "Knitted, cut and sewn in Portugal; printed in the United States": (
        "Tejida, cortada y cosida en Portugal; estampada en Estados Unidos"
    ),
    "Cut and sewn in Turkey; printed in the United States": "Cortada y cosida en Turquía; estampada en Estados Unidos",
    "Woven and sewn in India; printed in the United States": "Tejida y cosida en la India; estampada en Estados Unidos",
    "Screen print with water-based ink": "Serigrafía con tinta al agua",
    "Wash at 30 °C, inside out, with like colours.": "Lave a 30\u00a0°C, del revés y con colores parecidos.",
    "Hang to dry; tumble drying shortens its life.": "Tienda para secar; la secadora acorta su vida.",
    "Iron on the inside, never on the print.": "Planche por dentro, nunca sobre el estampado.",
    "Spot clean, or wash at 30 °C by itself.": "Limpie la mancha, o lávela sola a 30\u00a0°C.",
    "Hang to dry.": "Tienda para secar.",
    "Iron on the inside while damp.": "Planche por dentro, aún húmeda.",
    "Straight, regular fit with a close collar. Take your usual size; one up for a boxier shape.": (
        "Corte recto y normal, con cuello ceñido. Tome su talla habitual; una más si la quiere más cuadrada."
    ),
    "Lightly shaped at the waist, with a shorter sleeve. For a relaxed fit take one size up.": (
        "Con algo de forma en la cintura y manga más corta. Si la quiere holgada, tome una talla más."
    ),
    "Straight fit with ribbed cuffs that stay pushed up. Take your usual size.": (
        "Corte recto, con puños acanalados que se quedan donde los sube. Tome su talla habitual."
    ),
    "Roomy enough for a tee beneath. Between sizes, take the smaller one.": (
        "Amplia, con sitio para una camiseta debajo. Entre dos tallas, tome la menor."
    ),
    "38 by 42 cm, with handles long enough for the shoulder. Holds a laptop, or a week of greens.": (
        "38 por 42\u00a0cm, con asas que llegan al hombro. Cabe una computadora portátil, o la verdura de una semana."
    ),
    "The supplier states that the cotton is organically grown. We hold no certificate for it.": (
        "El proveedor declara que el algodón es de cultivo orgánico. No tenemos certificado de ello."
    ),
    "The supplier states that the polyester is recycled from bottles. We hold no certificate for it.": (
        "El proveedor declara que el poliéster se recicla de botellas. No tenemos certificado de ello."
    ),
}


def facts() -> dict[str, dict[str, str]]:
    """By product: fabric, origin, print, care, fit, and what the supplier states. KeyError for what nobody put over."""
    return {
        product.slug: {
            "fabric": SAID[product.garment.fabric],
            "origin": SAID[product.garment.origin],
            "print_method": SAID[product.garment.print_method],
            "care": " ".join(SAID[one] for one in product.garment.care),
            "fit_note": SAID[product.fit_note],
            "supplier_states": SAID.get(product.garment.supplier_states or "", ""),
            "artwork_credit": "Dibujo hecho para Lantern & Thread",
        }
        for product in PRODUCTS
    }
