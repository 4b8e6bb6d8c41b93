"""C code of this folder, compiled when it is first needed."""

import ctypes
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
FLAGS = ["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]


def load(name: str) -> ctypes.CDLL:
    """The library made of `name`.c, kept in the user's cache. Raises RuntimeError without a C compiler."""
    source = HERE / f"{name}.c"
    digest = hashlib.sha256(source.read_bytes() + " ".join(FLAGS).encode()).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "hoitruong-bench"
    library = cache / f"{name}-{digest}.so"
    if not library.exists():
        compiler = shutil.which("cc")
        if compiler is None:
            raise RuntimeError(f"bench/{name}.c needs a C compiler, and there is no cc")
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = library.with_suffix(f".{os.getpid()}")
        subprocess.run([compiler, *FLAGS, str(source), "-o", str(unfinished), "-ldl"], check=True, timeout=60)
        unfinished.rename(library)
    return ctypes.CDLL(str(library))
