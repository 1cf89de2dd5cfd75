"""What the subcommands do. Each gives the lines to be shown, and whether all is well."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.account import AccountId, Role, Subject
from app.domain.errors import BadInput, Unavailable
from app.domain.ledger.checkpoint import VerifierKey
from app.domain.site import SiteId
from app.domain.text import Language, Text
from app.hub import ledger_verifier, program, tls
from app.hub.config import Config, load
from app.hub.services import first_run
from app.hub.services.ledger import KEY_SETTING
from app.hub.services.ledger_export import Export
from app.hub.store import backup, check, engines, settings
from app.hub.store.columns import moment, now_us
from app.hub.web.services import Services

_MOST_BYTES: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """`good` False: the program ends with 1."""

    lines: tuple[str, ...]
    good: bool = True


def config_of(given: argparse.Namespace, environment: Mapping[str, str]) -> Config:
    """Raises `BadInput`."""
    keys = ("data", "host", "port", "socket_port")
    values: dict[str, object] = {key: getattr(given, key, None) for key in keys}
    if getattr(given, "plain", False):
        values["tls"] = False
    return load(given.config, environment, values)


def run(given: argparse.Namespace, config: Config) -> Outcome:
    """Every subcommand but serve. Raises `Failure`s."""
    return _COMMANDS[given.command](given, config)


def _backup(config: Config, target: Path) -> Outcome:
    """Also while the hub runs: only a reader of its store is opened."""
    parts = engines.open_engines(engines.url_of(_existing(config)), readers=1)
    try:
        with parts.reader.connect() as connection:
            made = backup.write_backup(connection, target)
    finally:
        parts.close()
    text = Text(
        f"백업했습니다: {made.path} (기록 {made.head.seq}까지, SHA-256 {made.sha256})",
        f"Backed up: {made.path} (log up to {made.head.seq}, SHA-256 {made.sha256})",
    )
    return Outcome((str(text),))


def _restore(config: Config, source: Path, *, replace: bool) -> Outcome:
    config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    head = backup.restore(config.database_url, source, replace=replace)
    text = Text(
        f"복구했습니다: 기록 {head.seq}까지, 새 이름 {head.epoch}. 콘솔은 다시 로그인합니다.",
        f"Restored: log up to {head.seq}, epoch {head.epoch}. Consoles sign in again.",
    )
    return Outcome((str(text),))


def _check(config: Config) -> Outcome:
    parts = engines.open_engines(engines.url_of(_existing(config)), readers=1)
    try:
        with parts.reader.connect() as connection:
            found = check.problems(connection)
    finally:
        parts.close()
    if not found:
        return Outcome((str(Text("저장소에 이상이 없습니다.", "The store is sound.")),))
    return Outcome(tuple(map(str, found)), good=False)


async def _import(config: Config, path: Path, site: str | None) -> Outcome:
    data = _content(path)
    async with _opened(config) as services:
        hub = services.hub
        to = hub.sites.get(SiteId(site)) if site else hub.sites.get(hub.sites.top)
        report = await hub.registry.import_file(_person(services), path.name, data, to.id)
    return Outcome((str(report.summary), report.table(Language.KO)))


async def _reset_password(config: Config, name: str) -> Outcome:
    async with _opened(config) as services:
        account = await services.accounts.named(name)
        # Whoever is at the machine may have lost the telephone, or have disabled the last one.
        await services.accounts.change(account.id, disabled=False)
        await services.accounts.disable_code(account.id)
        password = await services.accounts.reset_password(account.id)
        await services.sessions.sign_out_all(account.id)
    path = first_run.written(config.data, account.username, password)
    text = Text(f"새 일회용 비밀번호: {path}", f"The new one-time password: {path}")
    return Outcome((str(text),))


def _ledger(given: argparse.Namespace, config: Config) -> Outcome:
    """Also while the hub runs: only a reader of its store is opened."""
    if given.act == "verify":
        return _verify(given)
    parts = engines.open_engines(engines.url_of(_existing(config)), readers=1)
    try:
        with parts.reader.connect() as connection:
            key = VerifierKey.of(str(settings.read_all(connection).get(KEY_SETTING, "")))
            if given.act == "key":
                return Outcome((key.text,))
            with given.file.open("w", encoding="utf-8") as file:
                file.writelines(Export(key).lines(connection))
    except OSError as error:
        raise Unavailable(
            Text(
                f"파일을 쓸 수 없습니다: {given.file} ({error.strerror})",
                f"The file cannot be written: {given.file} ({error.strerror})",
            )
        ) from error
    finally:
        parts.close()
    text = Text(f"대장을 내보냈습니다: {given.file}", f"The ledger was exported: {given.file}")
    return Outcome((str(text), f"key: {key.text}"))


def _verify(given: argparse.Namespace) -> Outcome:
    try:
        notes = [one.read_text(encoding="utf-8") for one in given.remembered]
        verdict = ledger_verifier.verify(given.file, given.key, notes)
    except (ledger_verifier.NotALedgerError, OSError) as error:
        raise BadInput(Text(f"대장을 읽을 수 없습니다: {error}", f"No ledger: {error}")) from error
    return Outcome(tuple(ledger_verifier.told(verdict, given.key)), good=verdict.sound)


def _renew(config: Config) -> Outcome:
    if config.tls_certificate is not None:
        raise BadInput(
            Text(
                "기관의 인증서를 쓰고 있습니다. 그 파일을 바꾸십시오.",
                "The centre's own certificate is in use; replace its file.",
            )
        )
    names = tls.names_of(config.host, config.names)
    made = tls.renew(config.data / program.TLS_FOLDER, names, moment(now_us()))
    text = Text(
        f"새 인증서: {made.certificate}. 허브를 다시 시작하면 쓰입니다.",
        f"New certificate: {made.certificate}. It serves once the hub is started anew.",
    )
    return Outcome((str(text),))


@asynccontextmanager
async def _opened(config: Config) -> AsyncIterator[Services]:
    services = await program.open_services(config)
    try:
        yield services
    finally:
        await program.close_services(services)


def _person(services: Services) -> Subject:
    """Whoever may read the hub's key file is its administrator."""
    top = services.hub.sites.top
    site = services.hub.sites.get(top)
    return Subject(
        AccountId("command line"), "command line", "명령줄", Role.ADMINISTRATOR, top,
        services.hub.sites.within(top), site.kind,
    )  # fmt: skip


def _existing(config: Config) -> str:
    address = config.database_url
    if "://" not in address and not Path(address).is_file():
        raise BadInput(
            Text(f"허브의 저장소가 없습니다: {address}", f"There is no store of a hub: {address}")
        )
    return address


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BadInput(Text("파일이 너무 큽니다.", "The file is too large."))
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(
            Text(
                f"파일을 읽을 수 없습니다: {path} ({error.strerror})",
                f"The file cannot be read: {path} ({error.strerror})",
            )
        ) from error


_COMMANDS: Final[Mapping[str, Callable[[argparse.Namespace, Config], Outcome]]] = {
    "backup": lambda given, config: _backup(config, given.file),
    "restore": lambda given, config: _restore(config, given.file, replace=given.replace),
    "check": lambda _given, config: _check(config),
    "import": lambda given, config: asyncio.run(_import(config, given.file, given.site)),
    "ledger": _ledger,
    "reset-password": lambda given, config: asyncio.run(_reset_password(config, given.name)),
    "renew-certificate": lambda _given, config: _renew(config),
}
