"""What this computer is set up for: its file under the command line, the policy over it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.adapters import machine_file
from app.adapters.policy import system_policy
from app.config import Config, is_file, own_profile_dir
from app.domain.errors import BadInput
from app.domain.settings import Value, is_pem, monitors
from app.domain.text import Text, said
from app.services.layers import Found, Layers, PolicySource

_IGNORED = Text(
    "명령줄의 허브나 카메라 목록은 쓰지 않습니다. 관리자가 정했습니다.",
    "The hub or list of the command line is not used: your administrator set it.",
)


# Of a `hub_ca` that stands there and cannot be used; `checked` takes no empty one.
_REJECTED: Final = ""
_NO_AUTHORITY = Text(
    "이 컴퓨터에 정한 허브 인증서(hub_ca)를 쓸 수 없어 허브에 연결하지 않습니다. "
    "관리자에게 알리세요.",
    "The hub's authority (hub_ca) that was set for this computer cannot be used, so the hub is not "
    "connected. Tell your administrator.",
)


def layers(folder: Path | None = None, policy: PolicySource | None = None) -> Layers:
    """Of this computer, read now."""
    machine = machine_file.read((folder or machine_file.folder()) / machine_file.FILE_NAME)
    fixed = (policy or system_policy()).read()
    problems = (*machine.problems, *fixed.problems)
    return Layers(_distrusted(machine), _distrusted(fixed), problems)


def _distrusted(found: Found) -> Mapping[str, Value]:
    """An authority that was given and cannot be used is not the same as none that was given."""
    if "hub_ca" not in found.rejected:
        return found.values
    return {**found.values, "hub_ca": _REJECTED}


def update_folder(layers: Layers) -> Path | None:
    """Where signed bundles are looked for; None: nowhere. For the helper program of updates."""
    values = {**layers.machine, **layers.policy}
    if not values.get("updates", True) or "update_folder" not in values:
        return None
    return Path(str(values["update_folder"]))


def settled(config: Config, layers: Layers) -> Config:
    """The command line with the machine's file below and the policy above.

    Never fails: a console that opens and says what is wrong is worth more than none. The demo has
    a hub of its own and invented cameras; it is left as it was asked for, unless it was to have a
    hub or a list that is none of the demo's.
    """
    config = replace(config, layers=layers)
    config = _general(config, layers)
    invented = config.demo and config.hub is None and config.cameras is None
    return config if invented else _sources(config, layers)


def _general(config: Config, layers: Layers) -> Config:
    policy, machine = layers.policy, layers.machine
    # The default of the command line: nobody named another folder there.
    if config.profile_dir == own_profile_dir() and "profile_dir" in machine:
        profile = Path(os.path.expandvars(str(machine["profile_dir"])))
        config = replace(config, profile_dir=profile)
    layout = policy.get("layout", config.layout or machine.get("layout"))
    windows = policy.get("monitors", machine.get("monitors"))
    return replace(
        config,
        layout=None if layout is None else str(layout),
        # Where an administrator said something about the kiosk, that counts in both directions.
        kiosk=bool(policy.get("kiosk", config.kiosk)),
        site=str(policy.get("site", machine.get("site", ""))),
        monitors={} if windows is None else monitors(str(windows)),
    )


def _sources(config: Config, layers: Layers) -> Config:
    """Where the cameras come from: the hub of the policy, else the command line, else the file."""
    policy, machine = layers.policy, layers.machine
    given = config.hub is not None or config.cameras is not None
    if "hub" in policy or "cameras" in policy:
        if given:
            config = _problem(config, _IGNORED)
        config = replace(config, hub=None, hub_ca=None, cameras=None)
        return _from(config, policy, {**machine, **policy})
    if given:
        if config.hub is None or "hub_ca" not in policy:
            return config
        return _with_hub(replace(config, hub_ca=None), config.hub, policy["hub_ca"])
    return _from(config, machine, {**machine, **policy})


def _from(config: Config, layer: Mapping[str, Value], all_: Mapping[str, Value]) -> Config:
    if "hub" in layer:
        return _with_hub(config, str(layer["hub"]), all_.get("hub_ca"))
    if "cameras" not in layer:
        return config
    cameras = Path(str(layer["cameras"]))
    if not is_file(cameras):
        return _problem(
            config,
            Text(
                f"카메라 목록이 없거나 읽을 권한이 없습니다: {said(str(cameras))}",
                f"There is no list of cameras, or no right to read it: {said(str(cameras))}",
            ),
        )
    return replace(config, cameras=cameras)


def _with_hub(config: Config, address: str, authority: Value | None) -> Config:
    """No hub at all where its authority cannot be read: another one must not be believed."""
    from app.adapters.hub_address import believed, checked

    try:
        ca = authority_of(authority) if config.hub_ca is None else config.hub_ca
        if config.hub_ca is None and authority == _REJECTED:
            raise BadInput(_NO_AUTHORITY)  # noqa: TRY301 - the same words and the same way out
        believed(ca)
        return replace(config, hub=checked(address), hub_ca=ca)
    except BadInput as failure:
        return _problem(replace(config, hub=None, hub_ca=None), failure.text)


def authority_of(value: Value | None, beside: Path | None = None) -> Path | str | None:
    """The certificate itself, or its file; without a folder in its name it lies `beside`."""
    if value is None:
        return None
    if is_pem(str(value)):
        return str(value)
    return (beside or machine_file.folder()) / str(value)


def _problem(config: Config, problem: Text) -> Config:
    problems = (*config.layers.problems, problem)
    return replace(config, layers=replace(config.layers, problems=problems))
