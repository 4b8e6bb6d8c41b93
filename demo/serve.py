"""`python -m demo.serve`: the service of the demonstration, with its modules read quickly."""

import gc

gc.disable()  # as `signaling.__main__` does

from demo.hall import prepare  # noqa: E402
from signaling.serving import main  # noqa: E402

if __name__ == "__main__":
    main(prepare)
