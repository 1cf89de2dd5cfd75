"""Shares by camera, the relay's tokens, and the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_MOMENT = sa.BigInteger
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _shares()
    _ledger()
    _tree()


def _shares() -> None:
    op.create_table(
        "share_camera",
        sa.Column("share", sa.String, nullable=False),
        sa.Column("camera", sa.String, nullable=False),
        sa.Column("incident", sa.String, nullable=False),
        sa.Column("receiver", sa.String, nullable=False),
        sa.Column("ends", _MOMENT, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("share", "camera", name="pk_share_camera"),
    )
    for columns in (["camera"], ["incident"], ["active", "ends"]):
        op.create_index(f"ix_share_camera_{'_'.join(columns)}", "share_camera", columns)
    op.create_table(
        "relay_token",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("share", sa.String),
        sa.Column("camera", sa.String, nullable=False),
        sa.Column("site", sa.String, nullable=False),
        sa.Column("client", sa.String, nullable=False),
        sa.Column("profile", sa.String, nullable=False),
        sa.Column("moving", sa.Boolean, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("used", _MOMENT),
        sa.Column("address", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_relay_token"),
    )
    for columns in (["share"], ["camera"], ["until"]):
        op.create_index(f"ix_relay_token_{'_'.join(columns)}", "relay_token", columns)


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("n", _NUMBER, autoincrement=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("site", sa.String, nullable=False),
        sa.Column("camera", sa.String, nullable=False),
        sa.Column("incident", sa.String, nullable=False),
        sa.Column("client", sa.String, nullable=False),
        sa.Column("client_n", sa.BigInteger, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("leaf", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_ledger"),
        sa.UniqueConstraint("client", "client_n", name="uq_ledger_client_client_n"),
    )
    for columns in (["at"], ["camera", "n"], ["incident", "n"], ["kind", "n"]):
        op.create_index(f"ix_ledger_{'_'.join(columns)}", "ledger", columns)
    op.create_table(
        "ledger_person",
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.Column("field", sa.String, nullable=False),
        sa.Column("salt", sa.String, nullable=False),
        sa.Column("value", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("n", "field", name="pk_ledger_person"),
    )
    op.create_index("ix_ledger_person_field_value", "ledger_person", ["field", "value"])


def _tree() -> None:
    op.create_table(
        "ledger_node",
        sa.Column("level", sa.SmallInteger, nullable=False),
        sa.Column("place", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("level", "place", name="pk_ledger_node"),
    )
    op.create_table(
        "checkpoint",
        sa.Column("size", _NUMBER, autoincrement=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("size", name="pk_checkpoint"),
    )
