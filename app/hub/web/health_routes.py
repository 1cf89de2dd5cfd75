"""Whether the hub lives, and its figures for Prometheus."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from app.domain.rights import Action
from app.hub.web.guard import Anyone, Permitted
from app.hub.web.services import Services, services_of

router = APIRouter()


@router.get("/healthz", dependencies=[Depends(Anyone("tells only whether the hub works"))])
async def healthz(request: Request) -> Response:
    """200 while the store answers and everything runs that should, else 503.

    A source outside that cannot be fetched makes the hub no worse: `/metrics` tells of it.
    """
    services = services_of(request)
    await services.hub.reader.head()
    stopped = services.hub.stopped
    if stopped:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse({"ok": False, "stopped": stopped}, status_code=status)
    return JSONResponse({"ok": True})


@router.get("/metrics", dependencies=[Depends(Permitted(Action.AUDIT, "metrics"))])
async def metrics(request: Request) -> Response:
    registry: CollectorRegistry = request.app.state.metrics
    return Response(
        generate_latest(registry), media_type="text/plain; version=0.0.4; charset=utf-8"
    )


class Figures(Collector):
    """Read when somebody asks; nothing is counted twice."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @override
    def collect(self) -> Iterator[Metric]:
        services = self._services
        store = services.hub.writer.figures
        yield _gauge("gwanje_hub_head", "newest place of the log", services.hub.tail.head)
        yield _gauge("gwanje_hub_streams", "consoles that listen now", services.sessions.streams)
        yield _gauge("gwanje_hub_jobs_waiting", "jobs that wait for the writer", store.waiting)
        yield _counter("gwanje_hub_jobs", "jobs that were kept", store.jobs)
        yield _counter("gwanje_hub_jobs_failed", "jobs that failed", store.failed)
        yield _counter("gwanje_hub_commits", "commits", store.commits)
        yield _counter("gwanje_hub_connections", "connections of the writer", store.connections)
        yield from self._polled()

    def _polled(self) -> Iterator[Metric]:
        failures = GaugeMetricFamily(
            "gwanje_hub_poll_failures", "in a row, since a list was last fetched", labels=["source"]
        )
        heard = GaugeMetricFamily(
            "gwanje_hub_poll_heard", "Unix time of the last good answer", labels=["source"]
        )
        for door, state in self._services.hub.polling.states.items():
            failures.add_metric([door], state.failures)
            heard.add_metric([door], state.heard.timestamp() if state.heard else 0.0)
        yield failures
        yield heard


def _gauge(name: str, words: str, value: float) -> Any:
    return GaugeMetricFamily(name, words, value=value)


def _counter(name: str, words: str, value: float) -> Any:
    return CounterMetricFamily(name, words, value=value)
