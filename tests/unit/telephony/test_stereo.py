"""Two mono recordings become one, side by side."""

from __future__ import annotations

import wave
from array import array
from pathlib import Path

import pytest

from decroche.telephony.stereo import NotMergeable, merge


def mono(path: Path, samples: list[int], rate: int = 8000, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array("h", samples).tobytes())
    return path


def sides(path: Path) -> tuple[list[int], list[int]]:
    with wave.open(str(path)) as file:
        assert file.getnchannels() == 2
        samples = array("h", file.readframes(file.getnframes()))
    return list(samples[0::2]), list(samples[1::2])


def test_the_shorter_side_ends_in_silence(tmp_path: Path) -> None:
    left, right = mono(tmp_path / "l.wav", [1, 2, 3, 4]), mono(tmp_path / "r.wav", [-1, -2])
    assert merge(left, right, tmp_path / "both.wav") == 4 / 8000
    assert sides(tmp_path / "both.wav") == ([1, 2, 3, 4], [-1, -2, 0, 0])


def test_a_side_that_began_later_starts_with_the_other(tmp_path: Path) -> None:
    left, right = mono(tmp_path / "l.wav", list(range(20))), mono(tmp_path / "r.wav", list(range(100, 112)))
    merge(left, right, tmp_path / "both.wav", right_later_ms=1)
    assert sides(tmp_path / "both.wav")[0][:3] == [8, 9, 10]
    assert sides(tmp_path / "both.wav")[1][:3] == [100, 101, 102]


def test_a_long_recording_is_merged_piece_by_piece(tmp_path: Path) -> None:
    count = 8000 * 61
    left, right = mono(tmp_path / "l.wav", [5] * count), mono(tmp_path / "r.wav", [6] * count)
    assert merge(left, right, tmp_path / "both.wav") == 61
    assert [set(side) for side in sides(tmp_path / "both.wav")] == [{5}, {6}]


def test_unlike_files_are_refused_and_leave_nothing_behind(tmp_path: Path) -> None:
    left = mono(tmp_path / "l.wav", [1])
    for odd in (mono(tmp_path / "a.wav", [1], rate=16000), mono(tmp_path / "b.wav", [1, 1], channels=2)):
        with pytest.raises(NotMergeable):
            merge(left, odd, tmp_path / "both.wav")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.wav", "b.wav", "l.wav"]
