"""What the browser side promises by itself: its tests, its types, its style."""

import pytest


@pytest.mark.parametrize("script", ["test", "types", "lint"])
def test_npm_run(npm, script):
    result = npm.run("run", "--silent", script)
    assert result.returncode == 0, result.stdout + result.stderr
