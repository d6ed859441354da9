"""Files that are whole or not there."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile


def place(path: Path, content: bytes) -> None:
    """Write beside the target and rename, so that no reader ever sees half a file. Raises OSError."""
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
