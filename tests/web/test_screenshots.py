"""Pictures of the screens are made by one command."""

import asyncio
import sys

import pytest
from PIL import Image

from tests import browser
from tests.web.gallery import SIZES
from tests.web.screenshots import Wanted, take_all

pytestmark = pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not()))


async def test_one_screen_on_a_phone_in_the_dark(npm, tmp_path):
    command = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.web.screenshots", str(tmp_path / "pictures"),
        "--screen", "start", "--size", "phone", "--theme", "dark",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await command.communicate()
    assert command.returncode == 0, said.decode()
    made = {path.name for path in (tmp_path / "pictures").iterdir()}
    assert made == {"start-phone-dark.png", "phone-dark.png"}
    with Image.open(tmp_path / "pictures" / "start-phone-dark.png") as picture:
        assert picture.width == SIZES["phone"][0]
        grey = picture.convert("L")
        darkest, lightest = grey.getextrema()
        assert sum(grey.tobytes()) / (grey.width * grey.height) < 80  # dark,
        assert lightest - darkest > 100  # with something to read


async def test_a_screen_that_does_not_exist_is_named(gallery, tmp_path):
    with pytest.raises(LookupError, match="no-such"):
        await take_all(gallery, tmp_path, Wanted(screen=["no-such"], size=["phone"], theme=["dark"]))
