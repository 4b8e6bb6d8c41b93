"""`python -m demo.serve`: the service of the demonstration, with its modules read quickly."""

import gc

gc.disable()  # as `signaling.__main__` does

from demo import hall, stock  # noqa: E402
from signaling.serving import main  # noqa: E402

if __name__ == "__main__":
    main(stock.lay_out, hall.seat)
