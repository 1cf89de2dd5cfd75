"""The hub's web application."""

from __future__ import annotations

from fastapi import FastAPI
from prometheus_client import CollectorRegistry

import app as gwanje
from app.hub.web import (
    account_routes,
    book_routes,
    down_routes,
    errors,
    health_routes,
    intake_routes,
    ledger_routes,
    outbound_routes,
    registry_routes,
    relay_routes,
    session_routes,
    statistics_routes,
    thing_routes,
    up_routes,
)
from app.hub.web.frames import Frames
from app.hub.web.limits import Limits
from app.hub.web.services import Services

_ROUTERS = (
    session_routes.router,
    down_routes.router,
    up_routes.router,
    registry_routes.router,
    thing_routes.router,
    outbound_routes.router,
    account_routes.router,
    intake_routes.router,
    ledger_routes.router,
    book_routes.router,
    relay_routes.router,
    statistics_routes.router,
    health_routes.router,
)


def create(services: Services) -> FastAPI:
    """The description of the API is at `/openapi.json`; there are no pages that need a CDN."""
    app = FastAPI(
        title="Gwanje hub", version=gwanje.__version__, docs_url=None, redoc_url=None,
        openapi_url="/openapi.json",
    )  # fmt: skip
    app.state.services = services
    app.state.frames = Frames(services.hub.visibility, services.hub.reader)
    app.state.metrics = CollectorRegistry()
    app.state.metrics.register(health_routes.Figures(services))
    errors.install(app)
    app.add_middleware(Limits)
    for router in _ROUTERS:
        app.include_router(router)
    return app
