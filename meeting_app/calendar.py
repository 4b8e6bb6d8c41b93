"""A meeting as a calendar file (RFC 5545), in the zone of Vietnam."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from meeting_app.letters import Paper

ZONE = "Asia/Ho_Chi_Minh"
USUAL = timedelta(hours=3)  # how long a meeting without time budgets is kept free


def calendar_of(paper: Paper, link: str | None, now: datetime) -> bytes:
    """One event; the same meeting again, with another time, replaces it. `link` is an address."""
    from icalendar import Calendar, Event  # only who asks for a calendar pays for loading it

    zone = ZoneInfo(ZONE)
    begins = paper.starts_at.astimezone(zone)
    event = Event()
    event.add("uid", f"{paper.meeting}@hoitruong")
    event.add("dtstamp", now)
    event.add("sequence", int(now.timestamp()))
    event.add("dtstart", begins)
    event.add("dtend", begins + (timedelta(seconds=paper.budget_s) if paper.budget_s else USUAL))
    event.add("summary", paper.subject)
    event.add("location", paper.place or "Họp trực tuyến")
    told = [f"Chủ trì: {paper.chair}" if paper.chair else "", paper.words.note, f"Vào họp: {link}" if link else ""]
    event.add("description", "\n".join(filter(None, told)))
    if link is not None:
        event.add("url", link)
    calendar = Calendar()
    calendar.add("prodid", "-//Hội Trường//vi")
    calendar.add("version", "2.0")
    # PUBLISH: the answer is given on the page, not by the calendar.
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()
