"""A path carries its picture, and nothing else gets through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.media import rules
from shop.media.paths import FORMATS, WIDTHS, BadPicturePath, Format, parse_picture_path, picture_path
from shop.media.rules import PictureSpec, artwork_keys, garments, views

specs = st.sampled_from(garments()).flatmap(
    lambda garment: st.builds(
        PictureSpec,
        st.just(garment),
        st.sampled_from(views(garment)),
        st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}"),
        st.none() | st.sampled_from(artwork_keys()),
    )
)
SPEC = PictureSpec("tee", "front", "#1f2a44", "north-star")
GOOD = picture_path(SPEC, 640, "webp")
DIGEST = SPEC.digest()

HOSTILE = [
    "",
    "/",
    "..",
    f"/{GOOD}",
    f"{GOOD}/",
    f"{GOOD}\n",
    f"{GOOD}\x00",
    f"{GOOD}?x=1",
    f" {GOOD}",
    GOOD.upper(),
    GOOD.replace("/", "//", 1),
    GOOD.replace("/", "\\"),
    GOOD.replace("tee/", "../tee/"),
    GOOD.replace("tee/front", "tee/../tee/front"),
    GOOD.replace("north-star", "../north-star"),
    GOOD.replace("north-star", "%2e%2e"),
    GOOD.replace("north-star", "north--star"),
    GOOD.replace("north-star", "north_star"),
    GOOD.replace("north-star", "chain"),
    GOOD.replace("tee", "cape", 1),
    GOOD.replace("front", "inside"),
    GOOD.replace("front", "fronţ"),
    GOOD.replace("1f2a44", "1f2a45"),
    GOOD.replace("1f2a44", "1F2A44"),
    GOOD.replace("1f2a44", "１f2a44"),
    GOOD.replace("1f2a44", "fff"),
    GOOD.replace(DIGEST, DIGEST[:-1]),
    GOOD.replace(DIGEST, f"{DIGEST}0"),
    GOOD.replace(DIGEST, "0" * 24),
    GOOD.replace(DIGEST, DIGEST[::-1]),
    GOOD.replace("-640", ""),
    GOOD.replace("-640", "-0640"),
    GOOD.replace("-640", "-641"),
    GOOD.replace("-640", "--640"),
    GOOD.replace("-640", "-640.0"),
    GOOD.replace("-640", "-99999"),
    GOOD.replace("-640", "-٦٤٠"),
    GOOD.replace(".webp", ".svg"),
    GOOD.replace(".webp", ".php"),
    GOOD.replace(".webp", ".webp.exe"),
    GOOD.replace(".webp", ""),
    f"tee/folded/1f2a44/north-star/{DIGEST}-640.webp",
    f"tee/front/1f2a44/plain/{DIGEST}-640.webp",
    "a" * 10_000,
    f"{'tee/' * 5_000}{GOOD}",
]


@settings(deadline=None)
@given(specs, st.sampled_from(WIDTHS), st.sampled_from([f for f in FORMATS if f != "svg"]))
def test_a_path_reads_back_as_its_picture(spec: PictureSpec, width: int, format_: Format) -> None:
    assert parse_picture_path(picture_path(spec, width, format_)) == (spec, width, format_)


@settings(deadline=None)
@given(specs)
def test_a_drawing_has_a_path_without_width(spec: PictureSpec) -> None:
    assert parse_picture_path(picture_path(spec, None, "svg")) == (spec, None, "svg")


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_path_is_refused(path: str) -> None:
    with pytest.raises(BadPicturePath):
        parse_picture_path(path)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_noise_is_refused(path: str) -> None:
    with pytest.raises(BadPicturePath):
        parse_picture_path(path)


@pytest.mark.parametrize(("width", "format_"), [(641, "webp"), (None, "webp"), (640, "svg"), (640, "gif"), (-1, "png")])
def test_sizes_we_do_not_make_are_refused(width: int | None, format_: Format) -> None:
    with pytest.raises(BadPicturePath):
        picture_path(SPEC, width, format_)


def test_a_digest_follows_every_input(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [
        PictureSpec("hoodie", "front", "#1f2a44", "north-star"),
        PictureSpec("tee", "back", "#1f2a44", "north-star"),
        PictureSpec("tee", "front", "#1f2a45", "north-star"),
        PictureSpec("tee", "front", "#1f2a44", "lantern"),
        PictureSpec("tee", "front", "#1f2a44", None),
    ]
    assert len({DIGEST, *(spec.digest() for spec in others)}) == 6
    monkeypatch.setattr(rules, "RENDERER_VERSION", rules.RENDERER_VERSION + 1)
    rules._digest.cache_clear()
    try:
        assert SPEC.digest() != DIGEST
    finally:
        rules._digest.cache_clear()
