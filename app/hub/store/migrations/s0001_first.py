"""Everything that the first hub keeps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.BigInteger
_JSON = sa.Text
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _log()
    _commands()
    _intake()
    _outbound()
    _accounts()
    _kept_beside()
    _looked_up()


def _log() -> None:
    op.create_table(
        "head",
        sa.Column("one", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("epoch", sa.String, nullable=False),
        sa.Column("min_seq", sa.BigInteger, nullable=False),
        sa.Column("turn", sa.String, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("one", name="pk_head"),
    )
    op.create_table(
        "log",
        sa.Column("seq", _NUMBER, autoincrement=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("t", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("ver", sa.BigInteger, nullable=False),
        sa.Column("op", sa.String, nullable=False),
        sa.Column("pri", sa.SmallInteger, nullable=False),
        sa.Column("d", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_log"),
    )
    op.create_index("ix_log_t_id_seq", "log", ["t", "id", "seq"])
    op.create_index("ix_log_at", "log", ["at"])
    op.create_table(
        "entity",
        sa.Column("t", sa.String),
        sa.Column("id", sa.String),
        sa.Column("ver", sa.BigInteger, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("site", sa.String),
        sa.Column("d", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("t", "id", name="pk_entity"),
    )
    op.create_index("ix_entity_seq", "entity", ["seq"])
    op.create_index("ix_entity_t_site", "entity", ["t", "site"])


def _commands() -> None:
    op.create_table(
        "client",
        sa.Column("client", sa.String),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("client", name="pk_client"),
    )
    op.create_table(
        "command",
        sa.Column("cmd_id", sa.String),
        sa.Column("client", sa.String, nullable=False),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("outcome", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("cmd_id", name="pk_command"),
        sa.UniqueConstraint("client", "n", name="uq_command_client_n"),
    )
    op.create_index("ix_command_at", "command", ["at"])


def _intake() -> None:
    op.create_table(
        "raw_intake",
        sa.Column("id", sa.String),
        sa.Column("door", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("headers", _JSON, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("reason", _JSON),
        sa.Column("seq", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_raw_intake"),
    )
    op.create_index("ix_raw_intake_state_received_at", "raw_intake", ["state", "received_at"])
    op.create_index("ix_raw_intake_received_at", "raw_intake", ["received_at"])
    op.create_table(
        "feed",
        sa.Column("id", sa.String),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("site", sa.String, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("changed", _MOMENT, nullable=False),
        sa.Column("d", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feed"),
        sa.UniqueConstraint("name", name="uq_feed_name"),
    )


def _outbound() -> None:
    op.create_table(
        "outbound",
        sa.Column("id", sa.String),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("about", sa.String),
        sa.Column("body", _JSON, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("next_at", _MOMENT, nullable=False),
        sa.Column("last_error", _JSON),
        sa.Column("receipt", _JSON),
        sa.PrimaryKeyConstraint("id", name="pk_outbound"),
    )
    op.create_index("ix_outbound_state_next_at", "outbound", ["state", "next_at"])
    op.create_index("ix_outbound_about", "outbound", ["about"])


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String),
        sa.Column("username", sa.String, nullable=False),
        sa.Column("verifier", sa.Text, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", _MOMENT, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("changed", _MOMENT, nullable=False),
        sa.Column("d", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("username", name="uq_account_username"),
    )
    op.create_table(
        "auth_session",
        sa.Column("token_sha256", sa.String),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("client", sa.String, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("seen", _MOMENT, nullable=False),
        sa.Column("expires", _MOMENT, nullable=False),
        sa.Column("revoked", _MOMENT),
        sa.Column("d", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_auth_session"),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name="fk_auth_session_account", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_auth_session_account", "auth_session", ["account"])
    op.create_index("ix_auth_session_expires", "auth_session", ["expires"])


def _kept_beside() -> None:
    op.create_table(
        "secret",
        sa.Column("kind", sa.String),
        sa.Column("owner", sa.String),
        sa.Column("key_id", sa.String, nullable=False),
        sa.Column("nonce", sa.LargeBinary, nullable=False),
        sa.Column("ciphertext", sa.LargeBinary, nullable=False),
        sa.Column("changed", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "owner", name="pk_secret"),
    )
    op.create_index("ix_secret_key_id", "secret", ["key_id"])
    op.create_table(
        "attachment",
        sa.Column("id", sa.String),
        sa.Column("incident", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("mime", sa.String, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("account", sa.String),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index("ix_attachment_incident", "attachment", ["incident"])
    op.create_table(
        "setting",
        sa.Column("name", sa.String),
        sa.Column("value", _JSON, nullable=False),
        sa.Column("changed", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )


def _looked_up() -> None:
    op.create_table(
        "incident_key",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("feed", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("external", sa.String, nullable=False),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("plate", sa.String, nullable=False),
        sa.Column("device", sa.String, nullable=False),
        sa.Column("changed", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incident_key"),
    )
    for columns in (
        ["feed", "source", "external"],
        ["open", "type", "changed"],
        ["device", "open"],
        ["plate", "open"],
    ):
        op.create_index(f"ix_incident_key_{'_'.join(columns)}", "incident_key", columns)
    op.create_table(
        "event_seen",
        sa.Column("key", sa.String, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_event_seen"),
    )
    op.create_index("ix_event_seen_at", "event_seen", ["at"])
