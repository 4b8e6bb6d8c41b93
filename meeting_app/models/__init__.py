"""The rows. A rule that must always hold is a constraint here; the verbs only say it more kindly.

Rows that belong to a meeting carry its id and point at participants by (meeting, participant), so that none
can mix two meetings.
"""

from meeting_app.models.agenda import AgendaItem, AgendaPresenter
from meeting_app.models.base import Base, Hash, Id
from meeting_app.models.bodies import BODY_BASES, POSITIONS, Body, BodyMember
from meeting_app.models.conclusions import Conclusion, Task
from meeting_app.models.consultations import (
    CONSULTATION_STATES,
    OPINION_CHOICES,
    REPLY_OUTCOMES,
    Consultation,
    ConsultationEntry,
    ConsultedUnit,
    Draft,
    Notice,
    OpenedOpinion,
    Opinion,
    OpinionReply,
)
from meeting_app.models.documents import (
    AUDIENCES,
    VERSION_STATES,
    Document,
    DocumentVersion,
    PageNote,
    ShownPage,
    Upload,
)
from meeting_app.models.door import DeviceSession, Knock, PersonalLink
from meeting_app.models.floor import REQUEST_KINDS, TURN_ORDERS, FloorRules, Speech, SpeechRequest
from meeting_app.models.ink import INK_TOOLS, InkStroke
from meeting_app.models.invitations import MAIL_KINDS, Invitation, Letter, Mail
from meeting_app.models.meetings import (
    ANSWERS,
    FLOOR_MODES,
    MEETING_KINDS,
    METHODS,
    AttendanceSpan,
    DoneCommand,
    LogEntry,
    Meeting,
    Participant,
)
from meeting_app.models.office import AccountIdentity, AccountRole, OfficeDeed, OfficeSession
from meeting_app.models.organization import LEVELS, Account, Person, Unit
from meeting_app.models.reminders import ReminderRules
from meeting_app.models.sites import Site
from meeting_app.models.surveys import (
    ANSWER_WAYS,
    QUESTION_KINDS,
    SURVEY_STATES,
    Survey,
    SurveyAnswer,
    SurveyLink,
    SurveyQuestion,
)
from meeting_app.models.votes import (
    CHOICES,
    SEALED_KINDS,
    VOTE_BASES,
    VOTE_KINDS,
    VOTE_RULES,
    VOTE_STATES,
    OpenBallot,
    SealedBallot,
    UsedRight,
    Vote,
    VoteRight,
    VoteTeller,
)
from meeting_app.models.wall import WALL_SHOWS, WallChoice
