"""Pictures kept on disk under their public paths, each made once.

Encoding takes a good part of a second, which no visitor should wait for: a page's door asks `find`, answers with the
drawing itself where the picture is not there yet, and `want`s it; the worker makes what is wanted.
"""

from contextlib import suppress
from hashlib import sha256
from itertools import islice
from pathlib import Path
from threading import Lock

from shop.media.disk import place
from shop.media.paths import BadPicturePath, Format, parse_picture_path, picture_path
from shop.media.raster import rasterise
from shop.media.rules import PictureSpec, draw

STRIPES = 64
MOST_WANTED = 5_000  # wishes kept at once; more than any shelf has, and little for a disk


class PictureStore:
    """A folder of pictures, shared safely by threads and processes: a file is whole or it is not there.

    Within a process one thread draws a picture while others that want the same one wait; two processes may both draw
    it, and the later one renames the same bytes over it. Nothing here speaks to a network or a database.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._locks = tuple(Lock() for _ in range(STRIPES))

    def path_for(self, spec: PictureSpec, width: int | None, format: Format) -> Path:
        """Where the picture is or would be. Raises BadPicturePath, or as `draw` does."""
        return self.root / picture_path(spec, width, format)

    def ensure(self, spec: PictureSpec, width: int | None, format: Format) -> Path:
        """The picture's file, drawn now if it is not there yet. Raises BadPicturePath, OSError, or as `draw` does."""
        path = self.path_for(spec, width, format)
        if path.exists():
            return path
        with self._locks[hash(path) % STRIPES]:
            if not path.exists():
                place(path, _picture(spec, width, format))
        return path

    def find(self, spec: PictureSpec, width: int | None, format: Format) -> Path | None:
        """The picture's file, or None while nobody has made it. Raises as `path_for` does."""
        path = self.path_for(spec, width, format)
        return path if path.exists() else None

    def want(self, spec: PictureSpec, width: int | None, format: Format) -> None:
        """Leave word for the worker; wanting twice is wanting once, and beyond `MOST_WANTED` nothing is noted."""
        path = picture_path(spec, width, format)
        wish = self._wishes / sha256(path.encode()).hexdigest()[:32]
        if wish.exists() or sum(1 for _ in islice(self._wishes.glob("*"), MOST_WANTED)) == MOST_WANTED:
            return
        place(wish, path.encode())

    def make_wanted(self) -> bool:
        """Make the picture that was wanted first; False when none is. One that cannot be made is wanted no more."""
        wishes = sorted(self._wishes.glob("*"), key=_age) if self._wishes.is_dir() else []
        if not wishes:
            return False
        with suppress(BadPicturePath, FileNotFoundError):  # of an older renderer, or another worker was first
            self.ensure(*parse_picture_path(wishes[0].read_text(encoding="ascii")))
        wishes[0].unlink(missing_ok=True)
        return True

    @property
    def _wishes(self) -> Path:
        return self.root / "wanted"


def _age(wish: Path) -> float:
    try:
        return wish.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _picture(spec: PictureSpec, width: int | None, format: Format) -> bytes:
    svg = draw(spec)
    return svg.encode() if width is None or format == "svg" else rasterise(svg, width=width, format=format)
