"""The console of Gwanje: `python main.py --help`."""

from __future__ import annotations

import sys


def main() -> int:
    """Late imports: a wrong option is answered at once, without loading Qt."""
    from app.config import parse
    from app.domain.errors import Failure
    from app.program import prepare

    try:
        config = parse(sys.argv[1:])
    except Failure as failure:
        sys.stderr.write(f"{failure.text}\n")
        return 2
    prepare()
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
    sys.exit(main())
