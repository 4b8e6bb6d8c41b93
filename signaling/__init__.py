"""The one process that knows everyone: it listens, checks, calls the rules and tells what happened.

A browser talks HTTP for what happens before the hall (`http/`) and Socket.IO inside it. The words:

seat        one participant's connection; a newer one takes it over
hall        the socket side of one meeting: seats, presence, the lobby, what comes after a command
link        the control connection to one media worker
push        a message the service sends by itself

`settings.py` is read once; `app.py` builds and closes everything; `sockets.py` turns Socket.IO into calls of
`meeting.py`; `media.py` directs the workers over `link.py`; `supervisor.py` keeps the processes alive.
Rules and rows live in `meeting_app`, packets in `sfu`; both stay free of sockets of browsers.
"""
