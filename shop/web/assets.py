"""Static files without a build step: joined, fingerprinted and pressed when the application starts.

`build_assets` turns `static/` into a folder that a static server may cache for ever: one stylesheet, one script, the
faces cut to what a first visit needs (`faces.py`) and every other file, each under a name that carries the hash of
its content and each with its `.br` and `.gz` sibling. The work is done once per content: a manifest named after the
sources' fingerprint is written last, so a second start (or a second process) only reads that. Files are placed by
rename and named by content, so several processes may build at once; old names stay, so a page opened before a release
keeps its stylesheet.
"""

import gzip
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path, PurePosixPath
from types import MappingProxyType

import brotli
from msgspec import Struct

from shop.web import faces

# Raised when the recipe below changes what it makes from the same sources.
RECIPE = "3"

STYLESHEET = "site.css"
SCRIPT = "site.js"
DISPLAY_FACE = "fonts/fjalla-one.woff2"
DISPLAY_FACE_FURTHER = "fonts/fjalla-one-further.woff2"
TEXT_FACE = "fonts/public-sans.woff2"
TEXT_FACE_FURTHER = "fonts/public-sans-further.woff2"

# The first file declares the cascade layers, so the order of the others only matters within a layer.
STYLES = ("layers", "fonts", "reset", "tokens", "base", "layout", "components/*", "pages/*", "utilities")

PRESSABLE = frozenset({".css", ".js", ".svg", ".json", ".txt", ".webmanifest", ".xml", ".ico"})

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>| role=\"img\"| xmlns=\"[^\"]*\"", re.DOTALL)
_INDENT = re.compile(r"\s*\n\s*")
_STATIC_URL = re.compile(r"""url\(\s*["']?\.\./(?P<name>[^"')]+)["']?\s*\)""")


class UnknownAssetError(LookupError):
    """A name was asked for that is not among the static files: a mistake in a template."""


class Assets(Struct, frozen=True):
    """What was built: the folder to serve, the address it is served at, and each file's published name."""

    folder: Path
    url_prefix: str
    published: Mapping[str, str]

    def url_for(self, name: str) -> str:
        """The address of `name` (a path inside `static/`, or `site.css`, `site.js`).

        Raises UnknownAssetError when there is no such file.
        """
        try:
            return self.url_prefix + self.published[name]
        except KeyError:
            raise UnknownAssetError(f"static/ holds no file named {name!r}") from None

    def drawing(self, name: str) -> str:
        """The SVG file `name` as decoration inside of a page, where it costs no request: without title and role.

        Raises UnknownAssetError when there is no such file.
        """
        written = (self.folder / self.url_for(name).removeprefix(self.url_prefix)).read_text("utf-8").strip()
        return _TITLE.sub("", written).replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)


def build_assets(*, source: Path, cache: Path, url_prefix: str = "/static/") -> Assets:
    """Publish the files of `source` (the project's `static/`) under `cache`; quick when nothing changed.

    The served folder is `cache/files`, the manifests stand beside it. Raises OSError when `cache` cannot be written.
    """
    files = cache / "files"
    sources = _read_sources(source)
    face = (resources.files("font_fjallaone") / "files" / "FjallaOne-Regular.ttf").read_bytes()
    manifest = cache / f"manifest-{_fingerprint(sources, face)}.json"
    if not manifest.exists():
        files.mkdir(parents=True, exist_ok=True)
        published = _publish(sources, face=face, folder=files)
        _place(manifest, json.dumps(published, indent=1, sort_keys=True).encode())
    return Assets(files, url_prefix, MappingProxyType(json.loads(manifest.read_bytes())))


def is_immutable(path: str, url: str) -> bool:
    """WhiteNoise's `immutable_file_test`: every published name carries its content's hash."""
    return re.search(r"\.[0-9a-f]{12}\.\w+(\.br|\.gz)?$", path) is not None


def _read_sources(source: Path) -> dict[str, bytes]:
    paths = (path for path in source.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(source).as_posix(): path.read_bytes() for path in sorted(paths)}


def _fingerprint(sources: Mapping[str, bytes], face: bytes) -> str:
    digest = hashlib.sha256(RECIPE.encode())
    for name, content in (*sources.items(), (DISPLAY_FACE, face)):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:20]


def _publish(sources: Mapping[str, bytes], *, face: bytes, folder: Path) -> dict[str, str]:
    made = {name: content for name, content in sources.items() if not name.startswith(("css/", "js/"))}
    made |= _faces(face, sources.get(TEXT_FACE))
    made[SCRIPT] = _join_scripts(sources)
    published = {name: _name_by_content(name, content) for name, content in made.items()}
    made[STYLESHEET] = _join_styles(sources, published=published)
    published[STYLESHEET] = _name_by_content(STYLESHEET, made[STYLESHEET])
    for name, content in made.items():
        _place_pressed(folder / published[name], content)
    return published


def _name_by_content(name: str, content: bytes) -> str:
    path = PurePosixPath(name)
    return path.with_name(f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}").as_posix()


def _join_styles(sources: Mapping[str, bytes], *, published: Mapping[str, str]) -> bytes:
    sheets = [sources[name].decode() for pattern in STYLES for name in _matching(sources, f"css/{pattern}.css")]
    text = _INDENT.sub("\n", _COMMENT.sub("", "\n".join(sheets))).strip() + "\n"
    return _STATIC_URL.sub(lambda found: f'url("{_lookup(published, found["name"])}")', text).encode()


def _lookup(published: Mapping[str, str], name: str) -> str:
    if name not in published:
        raise UnknownAssetError(f"a stylesheet names {name!r}, which static/ does not hold")
    return published[name]


def _join_scripts(sources: Mapping[str, bytes]) -> bytes:
    # Each file keeps its own block scope, as it would have as a module of its own.
    blocks = (_INDENT.sub("\n", _COMMENT.sub("", sources[name].decode())) for name in _matching(sources, "js/*.js"))
    return "".join(f"{{{block}}}\n" for block in blocks).encode()


def _matching(sources: Mapping[str, bytes], pattern: str) -> Iterable[str]:
    return sorted(name for name in sources if PurePosixPath(name).match(pattern))


def _faces(display: bytes, text: bytes | None) -> dict[str, bytes]:
    made = {
        DISPLAY_FACE: faces.display(display, faces.FIRST),
        DISPLAY_FACE_FURTHER: faces.display(display, faces.FURTHER),
    }
    if text is not None:
        made |= {TEXT_FACE: faces.text(text, faces.FIRST), TEXT_FACE_FURTHER: faces.text(text, faces.FURTHER)}
    return made


def _place_pressed(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix in PRESSABLE:
        _place(path.with_name(path.name + ".br"), brotli.compress(content, quality=11))
        _place(path.with_name(path.name + ".gz"), gzip.compress(content, 9, mtime=0))
    _place(path, content)


def _place(path: Path, content: bytes) -> None:
    """Write beside and rename, so that no reader ever sees half a file."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(draft, 0o644)  # noqa: PTH101 - mkstemp makes it private; a front server may be another user
    Path(draft).replace(path)
