"""From the personal link to the device check: what the page fetches on the way, and when."""

import pytest
from playwright.async_api import expect

from tests.stories.conftest import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")

FETCHED = """() => performance.getEntriesByType('resource').map(({ name, startTime, responseEnd }) => (
  { path: new URL(name).pathname, began: startTime, ended: responseEnd }
))"""


async def test_nothing_is_asked_twice_and_the_hall_is_fetched_meanwhile(open_hall):
    """Each question costs a weak line half a second."""
    hall = await open_hall({"Lò Thị Mẩy": "delegate"})
    person = await hall.comes("Lò Thị Mẩy", viewport=PHONE, enter=None)
    await expect(person.page.get_by_role("button", name="Vào hội trường")).to_be_visible()
    fetched = await person.page.evaluate(FETCHED)
    assert [one["path"] for one in fetched if one["path"].startswith("/api/")] == ["/api/invitation", "/api/enter"]
    [entered] = [one for one in fetched if one["path"] == "/api/enter"]
    [inside] = [one for one in fetched if one["path"].startswith("/assets/inside-") and one["path"].endswith(".js")]
    assert inside["began"] < entered["ended"]
