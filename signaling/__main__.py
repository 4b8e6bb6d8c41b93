"""`python -m signaling`: the service, with its modules read quickly."""

import gc

gc.disable()  # reading modules leaves nothing to collect, and looking for it takes a sixth of the start

from signaling.serving import main  # noqa: E402

if __name__ == "__main__":
    main()
