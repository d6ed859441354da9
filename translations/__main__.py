"""`make words`: bring every catalogue up to date with the source, and say what is still to be translated."""

from __future__ import annotations

import sys

from translations.gathering import ROOT, brought_up_to_date, catalogue_at, catalogues, faults, gathered, written


def main() -> int:
    source, wrong = gathered(), 0
    for code, path in catalogues().items():
        catalogue = brought_up_to_date(catalogue_at(path), source)
        path.write_bytes(written(catalogue))
        found = faults(catalogue, source)
        wrong += len(found)
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} messages, {len(found)} to put right ({code})")
        for fault in found:
            print(f"  {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
