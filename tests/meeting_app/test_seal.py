"""What is sealed is read back with its key only."""

from pathlib import Path

from meeting_app.seal import open_seal


def test_a_key_is_made_once_and_is_nobody_elses_to_read(tmp_path: Path):
    path = tmp_path / "seal.key"
    sealed = open_seal(path).close("Lò Văn Mẩy")
    assert "Mẩy" not in sealed and path.stat().st_mode & 0o077 == 0
    assert open_seal(path).open(sealed) == "Lò Văn Mẩy"
    other = open_seal(tmp_path / "other.key")
    assert other.open(sealed) is None and other.open("no seal at all") is None
    assert other.sign("m1") != open_seal(path).sign("m1") == open_seal(path).sign("m1")
