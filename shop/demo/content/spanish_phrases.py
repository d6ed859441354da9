"""The movement’s short words in Spanish, by shelf and by their English. Names of services and of places stay names."""

from collections.abc import Mapping

from shop.demo.content.spanish_cited import CLAIMS

Words = Mapping[str, str]

COLOURS: Words = {
    "Ink": "Tinta",
    "Paper": "Papel",
    "Navy": "Azul marino",
    "Forest": "Verde bosque",
    "Clay": "Arcilla",
    "Sky": "Azul cielo",
    "Sand": "Arena",
    "Plum": "Ciruela",
}
SIZES: Words = {
    "One size": "Talla única",
    "Chest width": "Ancho de pecho",
    "Body length": "Largo",
    "Sleeve length": "Largo de manga",
    "Width": "Ancho",
    "Height": "Alto",
    "Handle drop": "Caída de las asas",
    "Take a top you like to wear and lay it flat, face up, without stretching it.": (
        "Tome una prenda que le guste usar y extiéndala boca arriba, sin estirarla."
    ),
    "Chest width: measure straight across, from armpit seam to armpit seam.": (
        "Ancho de pecho: mida en línea recta, de la costura de una axila a la otra."
    ),
    "Body length: measure from the highest point of the shoulder, beside the collar, down to the hem.": (
        "Largo: mida desde el punto más alto del hombro, junto al cuello, hasta el dobladillo."
    ),
    "Sleeve length: measure from the shoulder seam to the end of the sleeve.": (
        "Largo de manga: mida desde la costura del hombro hasta el final de la manga."
    ),
    "Compare with the table and choose the nearest row. Between two sizes, the larger one is the looser fit.": (
        "Compare con la tabla y elija la fila más cercana. Entre dos tallas, la mayor queda más holgada."
    ),
    "Cloth is cut by hand and eye: allow 2 cm either way. The cotton may shrink up to 4% in its first wash.": (
        "La tela se corta a mano y a ojo: cuente con 2\u00a0cm de más o de menos. El algodón puede encoger hasta un "
        "4\u00a0% en el primer lavado."
    ),
    "Width and height: measured flat, from seam to seam and from rim to base.": (
        "Ancho y alto: medidos en plano, de costura a costura y del borde a la base."
    ),
    "Handle drop: from the top of the handle straight down to the rim. At 30 cm it goes over a coat.": (
        "Caída de las asas: desde lo alto del asa en línea recta hasta el borde. Con 30\u00a0cm pasa sobre un abrigo."
    ),
    "Allow 1 cm either way.": "Cuente con 1\u00a0cm de más o de menos.",
}
COLLECTIONS: Words = {
    "For cool evenings": "Para noches frescas",
    "First prints": "Los primeros estampados",
    "Hoodies and long sleeves.": "Sudaderas y mangas largas.",
    "The tees this store began with.": "Las camisetas con las que empezó esta tienda.",
}
TOPICS: Words = {
    "finding people": "encontrar a personas",
    "noticing": "fijarse",
    "support": "apoyo",
    "technology": "tecnología",
    "travel": "viajes",
}
APPEALS: Words = {
    "I will learn the signs, keep the helpline’s number, and pass both on.": (
        "Aprenderé las señales, guardaré el número de la línea de ayuda y compartiré ambas cosas."
    ),
    "I will not step in myself. I will note what I see, and call those who know how to help.": (
        "No intervendré por mi cuenta. Anotaré lo que vea y llamaré a quienes saben ayudar."
    ),
}
HELPLINES: Words = {
    "National Human Trafficking Hotline": "Línea Directa Nacional contra la Trata de Personas",
    "988 Suicide & Crisis Lifeline": "988 Línea de Prevención del Suicidio y Crisis",
    "24 hours a day, every day": "Las 24 horas, todos los días",
    "Every day of the year; see the website for hours": "Todos los días del año; consulte el horario en el sitio web",
    "See the website for hours; reports can be made online at any time": (
        "Consulte el horario en el sitio web; se puede avisar en línea a cualquier hora"
    ),
    "By phone: English, Spanish and more than 200 languages through interpreters": (
        "Por teléfono: inglés, español y más de 200 idiomas mediante intérpretes"
    ),
    "More than 200 languages through interpreters": "Más de 200 idiomas mediante intérpretes",
}
PARTNERS: Words = {
    "Washington, D.C., United States": "Washington, D.\u00a0C., Estados Unidos",
    "Seattle, Washington, United States (as given in 2017)": (
        "Seattle, Washington, Estados Unidos (según constaba en 2017)"
    ),
    "Minneapolis, Minnesota, United States": "Mineápolis, Minnesota, Estados Unidos",
    "US IRS (EIN)": "IRS de EE.\u00a0UU. (EIN)",
    "Search of the US IRS (EIN)": "Buscador del IRS de EE.\u00a0UU. (EIN)",
    "Website": "Sitio web",
    "How it ran the hotline, in its own words": "Cómo llevó la línea, en sus propias palabras",
    "How the hotline passed on in 2025": "Cómo pasó la línea a otras manos en 2025",
    "Added as active.": "Agregada como activa.",
    "Added as unverified.": "Agregada, sin verificar todavía.",
    "Support for survivors": "Apoyo a sobrevivientes",
    "Prevention": "Prevención",
    "Research on how trafficking operates": "Investigación de cómo funciona la trata",
    "North America": "Norteamérica",
    "Funds for local partners": "Fondos para organizaciones locales",
    "Scholarships": "Becas",
    "Training": "Formación",
    "Buildings": "Edificios",
    "Eight countries": "Ocho países",
    "as given in 2017": "según constaba en 2017",
    "Work alongside law enforcement": "Trabajo junto a las fuerzas del orden",
}
FUNDS: Words = {
    "Lantern & Thread Open Door Fund": "Fondo Puerta Abierta de Lantern & Thread",
    "Safe Night Fund": "Fondo Noche Segura",
    "Work & Learning Fund": "Fondo Trabajo y Aprendizaje",
    (
        "The operator's own fund, for its own stated purpose: small grants for the practical first steps after "
        "trafficking, such as a safe night, a bus fare, replacement papers, a work course or a phone. "
        "In this demonstration no money reaches it."
    ): (
        "Fondo propio de la tienda, con un fin declarado: pequeñas ayudas para los primeros pasos prácticos después "
        "de la trata, como una noche segura, un pasaje de autobús, reponer documentos, un curso de trabajo o un "
        "teléfono. En esta demostración no le llega dinero."
    ),
    (
        "The operator's own fund for the first nights: a safe room, a meal, a taxi to it. "
        "In this demonstration no money reaches it."
    ): (
        "Fondo propio de la tienda para las primeras noches: una habitación segura, una comida, un taxi para llegar. "
        "En esta demostración no le llega dinero."
    ),
    (
        "The operator's own fund for what comes after: a course, tools of a trade, the fare to work. "
        "In this demonstration no money reaches it."
    ): (
        "Fondo propio de la tienda para lo que viene después: un curso, herramientas de un oficio, el pasaje al "
        "trabajo. En esta demostración no le llega dinero."
    ),
}
DELIVERY: Words = {
    "United States": "Estados Unidos",
    "Canada": "Canadá",
    "United Kingdom and European Union": "Reino Unido y Unión Europea",
    "Further afield": "Destinos más lejanos",
    "3 to 6 working days after dispatch": "de 3 a 6 días hábiles después del envío",
    "6 to 12 working days after dispatch": "de 6 a 12 días hábiles después del envío",
    "8 to 15 working days after dispatch": "de 8 a 15 días hábiles después del envío",
    "10 to 20 working days after dispatch": "de 10 a 20 días hábiles después del envío",
    "Import tax or a handling fee may be due on arrival. It is set by your country and paid to the carrier.": (
        "Al llegar puede haber un impuesto de importación o un cargo por trámite. Lo fija su país y se paga a la "
        "empresa de transporte."
    ),
}
SHELVES: Mapping[str, Words] = {
    "colours": COLOURS,
    "sizes": SIZES,
    "collections": COLLECTIONS,
    "topics": TOPICS,
    "claims": CLAIMS,
    "appeals": APPEALS,
    "helplines": HELPLINES,
    "partners": PARTNERS,
    "funds": FUNDS,
    "delivery": DELIVERY,
}
