"""Single cameras and points, for an administrator who has no list, or one row to mend."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from pydantic import Field, SecretStr

from app.domain.errors import BadInput
from app.domain.rights import Action
from app.domain.text import Text
from app.hub.services.registry import CAMERA, POINT
from app.hub.services.registry_rows import CameraSecret
from app.hub.services.sessions import Signed
from app.hub.web.guard import Permitted
from app.hub.web.services import services_of
from app.wire.base import Id, Message
from app.wire.entities import CameraRow, PointRow

router = APIRouter()
# Of DESIGN §3; a file of the hub's own machine is nobody's camera.
SCHEMES = ("rtsp://", "rtsps://", "http://", "https://")

_CameraManager = Annotated[Signed, Depends(Permitted(Action.MANAGE, "camera"))]
_PointManager = Annotated[Signed, Depends(Permitted(Action.MANAGE, "point"))]
_Id = Annotated[Id, Path()]


class GivenAccess(Message):
    """How a camera is reached; goes in and comes out by the call for it only.

    `urls` by name of the profile (main, sub).
    """

    urls: dict[str, Annotated[str, Field(max_length=2_000)]] = Field(repr=False, max_length=8)
    user: str = Field(default="", max_length=200, repr=False)
    password: SecretStr = SecretStr("")


class GivenCamera(CameraRow):
    """`id` may be left out: the path has it. Without `access` addresses and password stay."""

    id: Id = "-"
    access: GivenAccess | None = Field(default=None, repr=False)


class GivenPoint(PointRow):
    id: Id = "-"


@router.put("/v1/cameras/{id_}")
async def put_camera(
    request: Request, id_: _Id, signed: _CameraManager, given: GivenCamera
) -> Response:
    """Makes a camera, or changes it as a whole. A number belongs to one camera only."""
    registry = services_of(request).hub.registry
    row = CameraRow(**given.model_dump(exclude={"access"}) | {"id": id_})
    access = given.access
    secrets = {} if access is None else {id_: _secret(access)}
    await registry.check_numbers([row])
    await registry.put_cameras(signed.subject, [row], secrets)
    return Response(status_code=204)


@router.delete("/v1/cameras/{id_}")
async def remove_camera(request: Request, id_: _Id, signed: _CameraManager) -> Response:
    """Its addresses and password are gone with it."""
    await services_of(request).hub.registry.remove(signed.subject, CAMERA, id_)
    return Response(status_code=204)


@router.put("/v1/points/{id_}")
async def put_point(
    request: Request, id_: _Id, signed: _PointManager, given: GivenPoint
) -> Response:
    """An emergency bell, a police box, or another point of the map."""
    row = PointRow(**given.model_dump() | {"id": id_})
    await services_of(request).hub.registry.put_points(signed.subject, [row])
    return Response(status_code=204)


@router.delete("/v1/points/{id_}")
async def remove_point(request: Request, id_: _Id, signed: _PointManager) -> Response:
    await services_of(request).hub.registry.remove(signed.subject, POINT, id_)
    return Response(status_code=204)


def _secret(access: GivenAccess) -> CameraSecret:
    """Raises `BadInput`, without the address: it may hold a log-in."""
    for profile, url in access.urls.items():
        if not url.startswith(SCHEMES):
            name = profile[:20]
            raise BadInput(
                Text(
                    f"영상 주소({name})는 {', '.join(SCHEMES)} 가운데 하나로 시작해야 합니다",
                    f"the address ({name}) must begin with one of {', '.join(SCHEMES)}",
                )
            )
    return CameraSecret(access.urls, access.user, access.password.get_secret_value())
