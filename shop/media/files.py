"""Pictures kept on disk under their public paths, each made once."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from shop.media.paths import Format, picture_path
from shop.media.raster import rasterise
from shop.media.rules import PictureSpec, draw

STRIPES = 64


class PictureStore:
    """A folder of pictures, shared safely by threads and processes: a file is whole or it is not there.

    Within a process one thread draws a picture while others that want the same one wait; two processes may both draw
    it, and the later one renames the same bytes over it. Nothing here speaks to a network or a database.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._locks = tuple(Lock() for _ in range(STRIPES))

    def path_for(self, spec: PictureSpec, width: int | None, format: Format) -> Path:  # noqa: A002  # the word of the trade
        """Where the picture is or would be. Raises BadPicturePath, or as `draw` does."""
        return self.root / picture_path(spec, width, format)

    def ensure(self, spec: PictureSpec, width: int | None, format: Format) -> Path:  # noqa: A002  # the word of the trade
        """The picture's file, drawn now if it is not there yet. Raises BadPicturePath, OSError, or as `draw` does."""
        path = self.path_for(spec, width, format)
        if path.exists():
            return path
        with self._locks[hash(path) % STRIPES]:
            if not path.exists():
                _write(path, _picture(spec, width, format))
        return path


def _picture(spec: PictureSpec, width: int | None, format: Format) -> bytes:  # noqa: A002  # the word of the trade
    svg = draw(spec)
    return svg.encode() if width is None or format == "svg" else rasterise(svg, width=width, format=format)


def _write(path: Path, content: bytes) -> None:
    """Writes beside the target and renames, so that no reader ever sees half a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
        try:
            part.write(content)
            part.close()
            Path(part.name).chmod(0o644)
            Path(part.name).replace(path)
        except OSError:
            Path(part.name).unlink(missing_ok=True)
            raise
