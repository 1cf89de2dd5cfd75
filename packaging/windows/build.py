"""`make windows`: the installer of the console for Windows, built on Linux.

python packaging/windows/build.py [--solid] [--twice] [--out FOLDER]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import installer
import launchers
import msi
import stage
from shared import product
from signing import Signer

OUT = product.ROOT / "out" / "windows"


def build(
    out: Path,
    *,
    solid: bool = False,
    signer: Signer | None = None,
    trust: stage.Trust | None = None,
) -> Path:
    """The installer's file. Raises WrongInput."""
    out.mkdir(parents=True, exist_ok=True)
    tree = out / "tree"
    stage.stage(tree, trust)
    launchers.make(tree)
    if signer is not None:
        for program in sorted(tree.glob("*.exe")):
            signer.sign(program)
    stage.finish(tree)
    name = f"gwanje-{product.version()}-x64.exe"
    return installer.make(tree, out / name, solid=solid, signer=signer)


def build_msi(out: Path, signer: Signer | None = None) -> Path:
    """Of the tree that `build` has made. Raises WrongInput."""
    made = msi.make(out / "tree", out / f"gwanje-{product.version()}-x64.msi")
    if signer is not None:
        signer.sign(made)
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--solid", action="store_true", help="lzma, smaller and slower: a release")
    parser.add_argument("--twice", action="store_true", help="build again and compare the bytes")
    parser.add_argument(
        "--sign", nargs=2, type=Path, metavar=("CERTIFICATE", "KEY"), help="PEM files; signs all"
    )
    parser.add_argument(
        "--trust", type=Path, metavar="ROOT", help="1.root.json: whose updates it believes"
    )
    parser.add_argument("--channel", default="stable", help="of the updates that it takes")
    parser.add_argument("--msi", action="store_true", help="the MSI for group policy as well")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    signer = Signer(*(path.resolve() for path in given.sign)) if given.sign else None
    trust = stage.Trust(given.trust, given.channel) if given.trust else None
    begun = time.monotonic()
    try:
        made = build(given.out, solid=given.solid, signer=signer, trust=trust)
        told = {
            "installer": str(made),
            "size_mb": round(made.stat().st_size / 1e6, 1),
            "sha256": product.sha256(made),
            "build_s": round(time.monotonic() - begun, 1),
        }
        if given.msi:
            told["msi"] = str(build_msi(given.out, signer))
        if given.twice:
            again = build(given.out / "again", solid=given.solid, trust=trust)
            told["built_twice_identical"] = product.sha256(again) == told["sha256"]
    except product.WrongInput as wrong:
        print(f"[gwanje] {wrong}", file=sys.stderr)
        return 2
    print(json.dumps(told))
    return 0 if told.get("built_twice_identical", True) else 1


if __name__ == "__main__":
    sys.exit(main())
