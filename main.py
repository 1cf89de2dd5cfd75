"""The console of Gwanje: `python main.py --help`."""

from __future__ import annotations

import sys
from typing import TextIO


def say(stream: TextIO | None, words: object) -> None:
    """Where there is somebody to read it: a program with a window has no terminal.

    One that knows no Hangul shows “?” for it.
    """
    if stream is not None:
        code = stream.encoding or "utf-8"
        stream.write(f"{words}\n".encode(code, "replace").decode(code, "replace"))


def main() -> int:
    """Late imports: a wrong option is answered at once, without loading Qt."""
    from app.config import parse
    from app.domain.errors import Failure
    from app.program import prepare

    try:
        config = parse(sys.argv[1:])
        if config.provision is not None:
            from app import provision

            for text in provision.run(config.provision, only_check=config.check):
                say(sys.stdout, text)
            return 0
    except Failure as failure:
        say(sys.stderr, failure.text)
        return 2
    prepare()
    from app.workstation import layers, settled

    config = settled(config, layers())
    if config.keep_alive:
        from app.adapters.keep_alive import run as keep

        return keep(sys.argv[1:], config.profile_dir)
    if config.diagnostics is not None:
        from app.diagnostics import run as collect

        return collect(config, config.diagnostics)
    from ui.application import run

    return run(config)


# A decoder process that is spawned imports this file again and must not start a second console.
if __name__ == "__main__":
    from app.ending import nothing_begun

    nothing_begun()
    sys.exit(main())
