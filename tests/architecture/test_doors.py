"""Threads, tasks and processes are made in one place each, and nothing prints."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Source, dotted, sources

# Threads and tasks of the console come from app.tasks, the hub's from app.hub.tasks; a decoder
# process has no loop and one thread a stream (docs/adr/0001); a demo's server is a program of its
# own. The map's painter is Qt's business and no queue of work: of many orders it drops all but the
# last.
THREADS = {
    "Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "QThread", "QThreadPool",
    "QRunnable", "start_new_thread", "run_in_executor", "to_thread", "create_task",
    "ensure_future", "run_coroutine_threadsafe", "TaskGroup",
}  # fmt: skip
THREAD_DOORS = ("app/tasks.py", "app/hub/tasks.py", "app/video/", "app/demo/", "ui/map/scene.py")
PROCESSES = {"Popen", "Process", "create_subprocess_exec", "create_subprocess_shell", "fork"}
PROCESS_DOORS = ("app/video/", "app/demo/", "app/adapters/", "app/hub/relay/")


def uses(source: Source, names: set[str]) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, (ast.Attribute, ast.Name)) and dotted(node).split(".")[-1] in names:
            yield f"{source.at(node)} {dotted(node)}"


@pytest.mark.parametrize(("names", "doors"), [(THREADS, THREAD_DOORS), (PROCESSES, PROCESS_DOORS)])
def test_only_the_doors_make(names: set[str], doors: tuple[str, ...]) -> None:
    inside: list[str] = []
    outside: list[str] = []
    for source in sources("app", "ui"):
        (inside if source.name.startswith(doors) else outside).extend(uses(source, names))
    assert outside == [], "use app.tasks (spawn, SerialQueue); processes belong to the engine"
    assert inside, "the scan sees nothing even where it must"


def test_nothing_prints() -> None:
    printing = [
        source.at(call)
        for source in sources("app", "ui")
        if source.path.name != "__main__.py"
        for name, call in source.calls()
        if name in {"print", "pprint", "breakpoint"}
    ]
    assert printing == [], "log it, or return it to who can say it to a person"
