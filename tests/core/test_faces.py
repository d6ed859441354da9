"""Papers print what their faces have; what they lack is marked and told, never left out."""

from __future__ import annotations

import pytest

from shop.admin.papers import Label, Slip, SlipLine, labels_pdf, slips_pdf
from shop.core.faces import HEAD, NOT_PRINTED, TEXT, USUAL, further, head_for, missing, said

ADDRESSES = {
    "Vietnamese": "Nguyễn Thị Ánh, Phường Bến Nghé, Thành phố Hồ Chí Minh",
    "Polish": "Łukasz Żółć, ul. Świętokrzyska 12, Łódź",
    "Greek": "Ελένη Παπαδοπούλου, Οδός Ερμού 10, Αθήνα",
    "Ukrainian": "Оксана Шевченко, вул. Хрещатик 1, Київ",
    "Arabic": "محمد الأحمد، شارع الملك فهد 12، الرياض",
    "Hebrew": "רחל כהן, רחוב הרצל 5, תל אביב",
    "Japanese": "山田太郎、東京都渋谷区神南1-2-3",
    "Chinese": "王小明，北京市朝阳区建国路88号",
    "Korean": "김민준, 서울특별시 중구 세종대로 110",
    "Thai": "สมชาย ใจดี, ถนนสุขุมวิท กรุงเทพมหานคร",
    "Hindi": "प्रिया शर्मा, महात्मा गांधी मार्ग, नई दिल्ली",
}
LATIN = ("Vietnamese", "Polish")


@pytest.mark.parametrize("language", LATIN)
def test_the_stores_own_faces_print_every_latin_alphabet(language: str) -> None:
    assert missing([ADDRESSES[language]], ()) == frozenset()


@pytest.mark.parametrize("language", sorted(ADDRESSES.keys() - set(LATIN)))
def test_what_they_lack_is_known_and_marked(language: str) -> None:
    lost = missing([ADDRESSES[language]], ())
    assert lost
    shown = said(ADDRESSES[language], lost)
    assert NOT_PRINTED in shown
    assert missing([shown], ()) == frozenset()


@pytest.mark.skipif(not USUAL[0].is_file(), reason="DejaVu is not installed")
@pytest.mark.parametrize("language", ["Greek", "Ukrainian", "Arabic", "Hebrew"])
def test_a_face_of_the_machine_prints_more(language: str) -> None:
    assert missing([ADDRESSES[language]], further(None)) == frozenset()
    assert further(()) == ()


def test_a_name_is_set_in_one_face() -> None:
    assert (head_for("Robin Vale"), head_for("Łukasz Żółć")) == (HEAD, TEXT)


def test_papers_for_the_whole_world_are_made_and_grow_by_their_faces() -> None:
    to = list(ADDRESSES.values())
    slip = Slip("K7M-4QF9", "Packing slip", "Thank you", "Shop", to, [SlipLine(1, "Tee", "Ink, M", "TEE-M")], "¡Hola!")
    label = Label("K7M-4QF9", ["Shop"], to)
    plain = labels_pdf([Label("K7M-4QF9", ["Shop"], ["Robin Vale"])])
    for paper in (slips_pdf([slip], further(None)), labels_pdf([label], further(None)), labels_pdf([label])):
        assert paper.startswith(b"%PDF-")
        assert len(paper) > len(plain)
