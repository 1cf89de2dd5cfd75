"""The tables, as the newest migration leaves them. Times are microseconds since 1970, UTC.

The log is the truth; `entity` is what follows from it. The other tables are kept beside the log
because they never leave by it: they hold secrets, raw bodies, or what only the hub asks for.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from app.hub.store.columns import Json

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


# One row. `seq`: the newest place of the log; `min_seq`: the oldest that is kept. `epoch` changes
# with each restored backup. `turn` names the last group that was committed: after a lost
# connection it tells whether that group is there.
head = Table(
    "head",
    metadata,
    Column("one", SmallInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("epoch", String, nullable=False),
    Column("min_seq", BigInteger, nullable=False),
    Column("turn", String, nullable=False),
    Column("created", BigInteger, nullable=False),
)

# `op`: put, del, evt. `pri` 1: sent first after a pause.
log = Table(
    "log",
    metadata,
    # In SQLite the row's own number: no index beside the table.
    Column(
        "seq",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("at", BigInteger, nullable=False),
    Column("t", String, nullable=False),
    Column("id", String, nullable=False),
    Column("ver", BigInteger, nullable=False),
    Column("op", String, nullable=False),
    Column("pri", SmallInteger, nullable=False),
    Column("d", Json, nullable=False),
    Index(None, "t", "id", "seq"),
    Index(None, "at"),
)

entity = Table(
    "entity",
    metadata,
    Column("t", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("ver", BigInteger, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("site", String),
    Column("d", Json, nullable=False),
    Index(None, "seq"),
    Index(None, "t", "site"),
)

# `n`: the highest number that was accepted from this client.
client = Table(
    "client",
    metadata,
    Column("client", String, primary_key=True),
    Column("n", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
)

command = Table(
    "command",
    metadata,
    Column("cmd_id", String, primary_key=True),
    Column("client", String, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("outcome", Json, nullable=False),
    UniqueConstraint("client", "n"),
    Index(None, "at"),
)

# `state`: received, normalised, quarantined, retried. `seq`: the place of what it became.
raw_intake = Table(
    "raw_intake",
    metadata,
    Column("id", String, primary_key=True),
    Column("door", String, nullable=False),
    Column("source", String, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("sha256", String, nullable=False),
    Column("headers", Json, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", Json),
    Column("seq", BigInteger),
    Index(None, "state", "received_at"),
    Index(None, "received_at"),
)

# `state`: waiting, delivered, given_up.
outbound = Table(
    "outbound",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("target", Text, nullable=False),
    Column("about", String),
    Column("body", Json, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("next_at", BigInteger, nullable=False),
    Column("last_error", Json),
    Column("receipt", Json),
    Index(None, "state", "next_at"),
    Index(None, "about"),
)

# `d`: name, role, site and what else the hub knows of the person. `verifier`: argon2id.
account = Table(
    "account",
    metadata,
    Column("id", String, primary_key=True),
    Column("username", String, nullable=False, unique=True),
    Column("verifier", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", BigInteger, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("d", Json, nullable=False),
)

# Of a token only its SHA-256 is kept.
auth_session = Table(
    "auth_session",
    metadata,
    Column("token_sha256", String, primary_key=True),
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("client", String, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("revoked", BigInteger),
    Column("d", Json, nullable=False),
    Index(None, "account"),
    Index(None, "expires"),
)

# AES-256-GCM; `key_id` names the key that lies outside the database.
secret = Table(
    "secret",
    metadata,
    Column("kind", String, primary_key=True),
    Column("owner", String, primary_key=True),
    Column("key_id", String, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Index(None, "key_id"),
)

attachment = Table(
    "attachment",
    metadata,
    Column("id", String, primary_key=True),
    Column("incident", String, nullable=False),
    Column("name", String, nullable=False),
    Column("mime", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("account", String),
    Column("sha256", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Index(None, "incident"),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Json, nullable=False),
    Column("changed", BigInteger, nullable=False),
)

# Whoever may bring events in; its key lies in `secret`.
feed = Table(
    "feed",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("site", String, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("d", Json, nullable=False),
)

# What incidents are looked up by; follows from the incident in the same transaction. `feed`: whose
# door the first message came through ("hub" for the hub's own), so that no sender can speak of
# another's incidents. `device`: of `app.domain.duplicates`.
incident_key = Table(
    "incident_key",
    metadata,
    Column("id", String, primary_key=True),
    Column("feed", String, nullable=False),
    Column("source", String, nullable=False),
    Column("external", String, nullable=False),
    Column("type", String, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("plate", String, nullable=False),
    Column("device", String, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Index(None, "feed", "source", "external"),
    Index(None, "open", "type", "changed"),
    Index(None, "device", "open"),
    Index(None, "plate", "open"),
)

# Events that were taken already: sent again, they change nothing.
event_seen = Table(
    "event_seen",
    metadata,
    Column("key", String, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Index(None, "at"),
)

# The cameras of shares that have not ended: what is asked with every change of an incident and of
# a camera. Follows from the share in the same transaction; `active`: approved. `ends` as of its
# clock.
share_camera = Table(
    "share_camera",
    metadata,
    Column("share", String, primary_key=True),
    Column("camera", String, primary_key=True),
    Column("incident", String, nullable=False),
    Column("receiver", String, nullable=False),
    Column("ends", BigInteger, nullable=False),
    Column("active", Boolean, nullable=False),
    Index(None, "camera"),
    Index(None, "incident"),
    Index(None, "active", "ends"),
)

# What opens one camera at the relay for one receiver. `sha256` of the secret, in hexadecimal; the
# secret itself is nowhere kept. `share` None: for a console of the centre. `address`: where it was
# first used from; `moving`: it may come back from elsewhere.
relay_token = Table(
    "relay_token",
    metadata,
    Column("id", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("share", String),
    Column("camera", String, nullable=False),
    Column("site", String, nullable=False),
    Column("client", String, nullable=False),
    Column("profile", String, nullable=False),
    Column("moving", Boolean, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("used", BigInteger),
    Column("address", String),
    Index(None, "share"),
    Index(None, "camera"),
    Index(None, "until"),
)

# 대장. `entry`: canonical JSON, hashed as it stands; the other columns repeat what it is searched
# by. `leaf`: SHA-256 of RFC 6962. `client`, `client_n`: the console that wrote it ("" and `n`: the
# hub). Append-only: a row is never changed, and goes as a whole segment after the retention time.
ledger = Table(
    "ledger",
    metadata,
    Column(
        "n", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    ),
    Column("at", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("site", String, nullable=False),
    Column("camera", String, nullable=False),
    Column("incident", String, nullable=False),
    Column("client", String, nullable=False),
    Column("client_n", BigInteger, nullable=False),
    Column("entry", Text, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    UniqueConstraint("client", "client_n"),
    Index(None, "at"),
    Index(None, "camera", "n"),
    Index(None, "incident", "n"),
    Index(None, "kind", "n"),
)

# Who it was: the ledger holds salted hashes only, so that erasing these rows breaks no proof.
ledger_person = Table(
    "ledger_person",
    metadata,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("field", String, primary_key=True),
    Column("salt", String, nullable=False),
    Column("value", String, nullable=False),
    Index(None, "field", "value"),
)

# Roots of whole subtrees of 256 (level 1), 65,536 (level 2) … leaves: a proof reads a few hundred
# hashes instead of all.
ledger_node = Table(
    "ledger_node",
    metadata,
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column(
        "size", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    ),
    Column("at", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
)
