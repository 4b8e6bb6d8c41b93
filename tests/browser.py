"""Real Chromium with fake devices, found or explained."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Playwright, expect

# What must come is waited for; how soon it comes is judged only where a test says so. This only ends what hangs.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)

# What a window has beside its page: two renderers for suggestions in the address line alone, in each context. The last
# such switch is the one that counts, so those that Playwright switches off itself are named again.
NOT_WANTED = (
    "AimEnabled", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying",
    "OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup", "WebUIOmniboxPopup",
)  # fmt: skip
ARGUMENTS = (
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-component-update",
    f"--disable-features={','.join(NOT_WANTED)}",
    "--disable-gpu",
    "--disable-quic",
    "--disable-renderer-backgrounding",
    "--disable-sync",
    "--no-first-run",
)
FAKE_DEVICES = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


def find_chromium() -> str | None:
    return shutil.which("chromium")


def why_not() -> str | None:
    """Why there can be no browser here; None when there can."""
    return None if find_chromium() else "no Chromium (apt install chromium libatomic1)"


async def launch(
    playwright: Playwright, *, picture: Path | None = None, voice: Path | None = None, arguments: tuple[str, ...] = ()
) -> Browser:
    """A browser process; with clips its devices play these, else Chromium's own pattern. `arguments` may deny them."""
    wanted = list(ARGUMENTS)
    if picture is not None or voice is not None:
        wanted += FAKE_DEVICES
    if picture is not None:
        wanted.append(f"--use-file-for-fake-video-capture={picture}")
    if voice is not None:
        wanted.append(f"--use-file-for-fake-audio-capture={voice}")
    return await playwright.chromium.launch(
        executable_path=find_chromium(), chromium_sandbox=False, args=[*wanted, *arguments]
    )


async def new_context(running: Browser, **how) -> BrowserContext:
    """Windows of one person, in which everything is waited for patiently; `how` is Playwright's."""
    context = await running.new_context(**how)
    context.set_default_timeout(PATIENCE_MS)
    return context
