"""The movement’s cited figures in Spanish. The titles of the sources stay as the sources have them."""

from collections.abc import Mapping

CLAIMS: Mapping[str, str] = {
    "28 million": "28 millones",
    "About 400,000": "Unas 400,000",
    "Thorn's co-founder said that its tool helped law enforcement identify more than 6,000 trafficked people.": (
        "Uno de los fundadores de Thorn dijo que su herramienta ayudó a las fuerzas del orden a identificar a más de "
        "6,000 personas víctimas de trata."
    ),
    "In the same interview he said that the tool helped identify 2,000 traffickers.": (
        "En la misma entrevista dijo que la herramienta ayudó a identificar a 2,000 tratantes."
    ),
    (
        "Thorn's website then listed 20 companies in its technology task force, Facebook, Google, Microsoft, "
        "Yahoo and Adobe among them."
    ): (
        "El sitio web de Thorn enumeraba entonces 20 empresas en su grupo de trabajo de tecnología, entre ellas "
        "Facebook, Google, Microsoft, Yahoo y Adobe."
    ),
    "An estimated 28 million people were in forced labor in 2021, in every region of the world.": (
        "Se calcula que 28 millones de personas estaban en trabajo forzoso en 2021, en todas las regiones del mundo."
    ),
    "In its first full year the US hotline answered 479 calls a month on average.": (
        "En su primer año completo la línea de Estados Unidos atendió, en promedio, 479 llamadas al mes."
    ),
    "Polaris ran the US National Human Trafficking Hotline for 18 years before a new operator took over.": (
        "Polaris llevó la Línea Directa Nacional contra la Trata de Personas de Estados Unidos durante 18 años, hasta "
        "que otra organización se hizo cargo."
    ),
    "By May 2022 travellers had sent in about 400,000 pictures of hotel rooms.": (
        "Hasta mayo de 2022 quienes viajan habían enviado unas 400,000 fotos de habitaciones de hotel."
    ),
    "World": "Mundo",
    "United States": "Estados Unidos",
    "2016, by the article's account": "2016, según el artículo",
    "2007 to 2025": "De 2007 a 2025",
    "To May 2022": "Hasta mayo de 2022",
    "Said by a co-founder of Thorn on The Today Show, as reported in May 2017": (
        "Lo dijo uno de los fundadores de Thorn en The Today Show, según se publicó en mayo de 2017"
    ),
    "Listed by Thorn, as reported in May 2017": "Lista de Thorn, según se publicó en mayo de 2017",
    "Estimated by the ILO, Walk Free and the International Organization for Migration": (
        "Estimación de la OIT, Walk Free y la Organización Internacional para las Migraciones"
    ),
    "Reported by Polaris, which ran the hotline then": "Dato de Polaris, que entonces llevaba la línea",
    "Reported by Hawaiʻi Public Radio": "Publicado por Hawaiʻi Public Radio",
    "Reported by FOX 2 St. Louis from the app's developers": (
        "Publicado por FOX 2 St. Louis, con datos de quienes crearon la aplicación"
    ),
}
