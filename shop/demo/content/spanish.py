"""The movement’s words in Spanish. Products keep the names of their prints, which are in English on the cloth."""

from collections.abc import Mapping

from shop.demo.content.spanish_facts import facts
from shop.demo.content.texts import read_text

Texts = Mapping[str, str]

BRAND: Texts = {
    "tagline": "Llévela. Dígalo. Acompañe a quienes buscan la salida.",
    "introduction": (
        "Lantern & Thread estampa camisetas sencillas y bien hechas que abren una conversación sobre la trata de "
        "personas, y muestra en libros abiertos lo que cada una apartó para quienes hacen el trabajo."
    ),
    "demo_notice": (
        "Esto es una demostración. Lantern & Thread no es una organización ni una empresa real: no tiene número de "
        "registro, no envía paquetes y no cobra dinero. Las organizaciones que nombra son reales; no tienen ningún "
        "acuerdo con esta demostración."
    ),
}
PARTNERS: Mapping[str, Texts] = {
    "polaris": {
        "blurb": (
            "Polaris, que toma su nombre de la Estrella del Norte, trabaja sobre la trata sexual y laboral en "
            "Norteamérica: apoyo a sobrevivientes, prevención e investigación de cómo funciona la trata. Puso en "
            "marcha la línea nacional de Estados Unidos en 2007 y la llevó hasta 2025, cuando el gobierno federal "
            "eligió a otra organización."
        )
    },
    "rescue-freedom-international": {
        "blurb": (
            "Según se describía en 2017, Rescue: Freedom apoya a organizaciones locales que cuidan a sobrevivientes, "
            "con fondos, becas, formación y edificios. Todavía no hemos confirmado lo que hace hoy."
        )
    },
    "our-rescue": {
        "blurb": (
            "Fundada en 2013 en Salt Lake City como Operation Underground Railroad, OUR Rescue trabaja junto a las "
            "fuerzas del orden, apoya a sobrevivientes y enseña prevención. Tomó su nombre actual en 2024 y ese "
            "octubre anunció que su sede pasaría a Mineápolis."
        )
    },
}
_PAGES = {
    "about": ("Sobre esta tienda", "Quién está detrás de la tienda, y qué hay en ella de demostración."),
    "delivery-and-returns": (
        "Envíos y devoluciones",
        "A dónde enviamos, cuánto cuesta y cómo devolver algo.",
    ),
    "privacy-and-cookies": ("Privacidad y cookies", "Qué guardamos, por qué y durante cuánto tiempo."),
    "accessibility": (
        "Accesibilidad",
        "Qué nos proponemos, cómo lo comprobamos y cómo contarnos lo que le estorba.",
    ),
    "help": ("Ayuda", "Encontrar su pedido, elegir la talla, cambiar de idea."),
}
_PRODUCTS = {
    "north-star-tee": ("Camiseta North Star", "Una estrella: algo por lo que guiarse."),
    "look-closer-tee": ("Camiseta Look Closer", "Dos palabras que piden una segunda mirada."),
    "every-name-matters-tee": ("Camiseta Every Name Matters", "Una frase sencilla, en corte de mujer."),
    "rep-the-movement-tee": (
        "Camiseta Rep the Movement",
        "La de la carrera solidaria, la recaudación y la compra de cada semana.",
    ),
    "many-hands-tee": (
        "Camiseta Many Hands",
        "Manos abiertas alrededor de una luz pequeña, porque apoyar es trabajo compartido.",
    ),
    "common-thread-tee": ("Camiseta Common Thread", "Muchos hilos, tejidos hasta que aguantan."),
    "open-door-long-sleeve": ("Manga larga Open Door", "Una puerta abierta, y luz al otro lado."),
    "lantern-hoodie": (
        "Sudadera Lantern",
        "Gruesa, cardada por dentro, y hecha para acompañar a alguien a casa.",
    ),
    "look-closer-tote": ("Bolsa Look Closer", "Lona fuerte que dice lo suyo en todas las filas."),
}
_STORIES = {
    "look-closer": (
        "Mirar más de cerca",
        "Una entrevista de televisión contada en 2017 hablaba de herramientas que ayudan a encontrar a personas "
        "víctimas de trata. Esto es lo que se dijo, lo que ha cambiado desde entonces y lo que usted puede hacer "
        "sin riesgo.",
        "Qué es la trata de personas, cómo se encuentra y se apoya a la gente, y qué puede hacer usted sin riesgo.",
    ),
    "notice-safely": (
        "Fijarse sin arriesgar",
        "No se le pide que investigue, y nunca que intervenga. Basta con fijarse bien y llamar bien.",
        "Señales que pueden indicar que explotan a alguien, y cómo avisar sin aumentar el riesgo.",
    ),
    "a-photo-of-an-empty-room": (
        "Una foto de una habitación vacía",
        "La alfombra, la lámpara, las cortinas: cómo las fotos de hoteles de quien viaja ayudan a investigar.",
        "Cómo una aplicación con fotos de hoteles ayuda a averiguar dónde se tomó otra imagen.",
    ),
}


def pages() -> dict[str, Texts]:
    """By slug: title, summary and body."""
    return {
        slug: {"title": title, "summary": summary, "body": read_text(folder="es/pages", slug=slug)}
        for slug, (title, summary) in _PAGES.items()
    }


def products() -> dict[str, Texts]:
    """By slug: title, summary, story, and what is said of the garment."""
    more = facts()
    return {
        slug: {"title": title, "summary": summary, "story": read_text(folder="es/products", slug=slug), **more[slug]}
        for slug, (title, summary) in _PRODUCTS.items()
    }


def campaigns() -> dict[str, Texts]:
    """By slug: title, standfirst, summary and body."""
    return {
        slug: {
            "title": title,
            "standfirst": standfirst,
            "summary": summary,
            "body": read_text(folder="es/campaigns", slug=slug),
        }
        for slug, (title, standfirst, summary) in _STORIES.items()
    }
