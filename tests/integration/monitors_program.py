"""Opens the windows of a workstation and prints on which monitor each stands.

python -m tests.integration.monitors_program FOLDER WINDOW=MONITOR …
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.domain.settings import monitors
from app.domain.wall import MAIN_WINDOW
from tests.fakes.shell_site import ShellSite
from ui.shell.screens import Screens


def main() -> None:
    application = QApplication(sys.argv)
    folder, wanted = application.arguments()[1:]
    site = ShellSite(Path(folder))
    site.console.config = replace(site.console.config, monitors=monitors(wanted))
    screens = Screens(site.desk, lambda: None)
    screens.open()
    application.processEvents()
    shown = {str(MAIN_WINDOW): screens.main.screen().name()}
    shown |= {str(name): window.screen().name() for name, window in screens.windows.open.items()}
    told = {"shown": shown, "said": [notice.words() for notice in site.notices.open]}
    screens.close()
    site.close()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
