"""What the supervisor and its decoders say to each other survives the pipe and hides secrets."""

from __future__ import annotations

import pickle

import pytest

from app.domain.camera import CameraId, ProfileName
from app.domain.stream import DecodeMode, Fault, Phase, StreamPlan, StreamStatus, Tier
from app.domain.text import Text
from app.video.messages import (
    ChangePlan,
    ClipAdvanced,
    ClipDone,
    CloseStream,
    Command,
    DecoderOptions,
    Event,
    OpenStream,
    ReplaceSection,
    SaveClip,
    Statuses,
    Stop,
)

CAMERA = CameraId("c")
PLAN = StreamPlan("rtsp://operator:Sesame@10.0.0.7/x", Tier(ProfileName.SUB, DecodeMode.FULL), 9, 9)
STATUS = StreamStatus(CAMERA, Phase.WAITING, fault=Fault.REFUSED, frames_received=7)


@pytest.mark.parametrize(
    "message",
    [
        OpenStream(CAMERA, PLAN, STATUS),
        ChangePlan(CAMERA, PLAN),
        ReplaceSection(CAMERA),
        CloseStream(CAMERA),
        SaveClip(1, CAMERA, "/tmp/a.mp4", 60.0),
        Stop(),
        Statuses((STATUS,)),
        ClipAdvanced(1, 0.5),
        ClipDone(1, 2.0, Text("안 됨", "No")),
        DecoderOptions("decoder", ca_file="/etc/roots.pem"),
    ],
)
def test_a_message_survives_the_pipe(message: Command | Event | DecoderOptions) -> None:
    assert pickle.loads(pickle.dumps(message)) == message  # noqa: S301 - our own
    assert "Sesame" not in repr(message)
