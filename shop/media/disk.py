"""Files that are whole or not there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile


def place(path: Path, content: bytes) -> None:
    """Write beside the target and rename, so that no reader ever sees half a file. Raises OSError."""
    place_pieces(path, (content,))


def place_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same for what is too long to be held at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
        try:
            part.writelines(pieces)
            part.close()
            Path(part.name).chmod(0o644)
            Path(part.name).replace(path)
        except OSError:
            Path(part.name).unlink(missing_ok=True)
            raise
