"""The fields of the platform socket's bodies, in order, by sender."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.incident_type import TypeKey


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is ours; `longest` in characters (0: no limit known); `personal` facts stay apart."""

    name: str
    longest: int = 0
    required: bool = False
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What one sender's event message holds.

    `doubled`: a field that a public simulator writes a second time, somewhere in the body.
    """

    sender: str
    type: TypeKey
    title: tuple[str, ...]
    fields: tuple[Field, ...]
    doubled: str

    def index(self, name: str) -> int:
        return next(n for n, field in enumerate(self.fields) if field.name == name)


_PLACE = (Field("longitude"), Field("latitude"), Field("place"), Field("emd"))

LAYOUTS = {
    layout.sender: layout
    for layout in (
        Layout(
            "112",
            TypeKey.EMERGENCY_VIDEO,
            ("class",),
            (
                Field("external", required=True),
                Field("grade"),
                Field("class"),
                *_PLACE,
                Field("occurred_at"),
                Field("user"),
            ),
            "external",
        ),
        Layout(
            "119",
            TypeKey.FIRE_DISPATCH,
            ("class", "detail"),
            (
                Field("external", required=True),
                Field("class"),
                Field("detail"),
                *_PLACE,
                Field("occurred_at"),
                Field("user"),
            ),
            "",
        ),
        Layout(
            "WP1",
            TypeKey.VULNERABLE_PERSON,
            ("service",),
            (
                Field("external", 50, required=True),
                Field("service", 30, required=True),
                Field("longitude", 24, required=True),
                Field("latitude", 24, required=True),
                Field("place", 251, required=True),
                Field("emd", 10, required=True),
                Field("reference", 30),
                Field("name", 20, required=True, personal=True),
                Field("phone", 15, required=True, personal=True),
                Field("birth", 15, personal=True),
                Field("sex", 5, personal=True),
                Field("home", 251, personal=True),
                Field("guardian", 20, required=True, personal=True),
                Field("guardian_phone", 15, required=True, personal=True),
                Field("occurred_at", 14, required=True),
                Field("image", personal=True),
                Field("profile", 500, personal=True),
                Field("remarks", 500, personal=True),
                Field("user", 30, required=True),
            ),
            "place",
        ),
    )
}
