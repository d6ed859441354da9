"""What the demo's campaigns ask of their readers, by slug: the sentence, and how many it hopes for."""

APPEALS: dict[str, tuple[str, int | None]] = {
    "look-closer": ("I will learn the signs, keep the helpline’s number, and pass both on.", 500),
    "notice-safely": ("I will not step in myself. I will note what I see, and call those who know how to help.", None),
}
