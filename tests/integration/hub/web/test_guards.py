"""Every route says who may call it, and means it."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute

from app.domain.account import Role
from app.hub.web import guard
from app.hub.web.guard import Anyone, Guard, Permitted
from tests.fakes.web_hub import HubSite


def routes(hub: HubSite) -> list[APIRoute]:
    found = [route for route in hub.app.routes if isinstance(route, APIRoute)]
    for route in hub.app.routes:
        # A router that is included may stay one object of its own.
        inner = getattr(route, "original_router", None)
        if inner is not None:
            found += [one for one in inner.routes if isinstance(one, APIRoute)]
    return found


def guards(route: APIRoute) -> list[Guard]:
    calls: list[object] = [one.call for one in route.dependant.dependencies]
    return [one for one in calls if isinstance(one, Guard)]


def method(route: APIRoute) -> str:
    return min(route.methods or {"GET"})


async def test_every_route_declares_one_guard(hub: HubSite) -> None:
    found = {f"{method(route)} {route.path}": guards(route) for route in routes(hub)}
    assert len(found) >= 28
    assert {name: len(one) for name, one in found.items() if len(one) != 1} == {}
    assert all(one[0].why for one in found.values())


async def test_only_these_routes_need_no_session(hub: HubSite) -> None:
    free = {r.path for r in routes(hub) for g in guards(r) if isinstance(g, Anyone)}
    assert free == {"/v1/session", "/v1/intake/{door}", "/healthz", "/v1/relay/auth"}


async def test_no_route_answers_a_stranger(hub: HubSite) -> None:
    async with hub.client() as http:
        for route in routes(hub):
            if any(isinstance(one, Anyone) for one in guards(route)):
                continue
            path = route.path.replace("{", "").replace("}", "")
            answer = await http.request(method(route), path, json={})
            assert answer.status_code in {401, 422}, route.path
            if answer.status_code == 401:
                assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_gets_where_its_rights_reach(hub: HubSite, role: Role) -> None:
    from app.domain.rights import RIGHTS

    # At the top of the tree: some of it is about everybody.
    http = await hub.signed_in(role, "do")
    for route in routes(hub):
        one = guards(route)[0]
        if route.methods != {"GET"} or not isinstance(one, Permitted) or "{" in route.path:
            continue
        answer = await http.get(route.path)
        allowed = bool(RIGHTS[role].get((one.action, one.kind)))
        assert (answer.status_code == 200) == allowed, (role, route.path, answer.text)
    await http.aclose()


def test_guards_say_why() -> None:
    assert guard.SignedIn("tells of oneself").why == "tells of oneself"
    assert guard.Member("asks later").why == "asks later"
