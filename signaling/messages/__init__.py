"""Every message between a browser and this service, in both directions; parsed once, here.

Socket.IO carries them as JSON. The browser emits `command` (changes the meeting; logged) and `media` (changes
what it sends and sees; not logged), each acknowledged with a `Result`. The service emits `push`.
All are tagged unions told apart by `type`; unknown fields are refused.
Times are ISO 8601 in UTC with a `Z`; durations are in seconds; ids are opaque strings of at most 64 characters.

`web/src/gen/protocol.ts` is generated from this package.
"""

from signaling.messages.agenda import AddItem, ChangeItem, CloseItem, MoveItem, OpenItem, Presenter, RemoveItem
from signaling.messages.answers import MediaSlot, Problem, Result
from signaling.messages.bodies import Brief, DemoLink, DemoLinks, DemoOffice, Entered, EnterRequest, KnockRequest
from signaling.messages.commands import (
    Admit,
    AnyCommand,
    Mute,
    MuteAll,
    PinToStage,
    Refuse,
    RemoveParticipant,
    Say,
    SetState,
    SubmitMeeting,
    Unmute,
)
from signaling.messages.conclusions import (
    Conclusion,
    RemoveConclusion,
    SetProgress,
    Task,
    TaskPlan,
    WriteConclusion,
)
from signaling.messages.floor import (
    ExtendSpeech,
    GiveFloor,
    LowerHand,
    PauseSpeech,
    RaiseHand,
    RequestKind,
    ResumeSpeech,
    SetFloorMode,
    SetFloorRules,
    TakeFloor,
    TurnOrder,
)
from signaling.messages.invitations import (
    AnswerRequest,
    Guest,
    GuestList,
    Invitation,
    InvitationRequest,
    LetterWords,
    SubstituteNamed,
    SubstituteRequest,
)
from signaling.messages.inviting import AnswerInvitation, Invite, NameSubstitute, Remind, SetAddress, WriteLetter
from signaling.messages.media import AnyMedia, MediaOffer, MediaPublish, MediaWatch, MediaWish
from signaling.messages.office import (
    ChangePasswordRequest,
    ChangePersonRequest,
    ChangeUnitRequest,
    CloseRequest,
    InviteRequest,
    IssuedLink,
    IssuedLinks,
    LinksRequest,
    LinkState,
    NewAccountRequest,
    NewMeeting,
    NewMeetingRequest,
    NewPerson,
    NewPersonRequest,
    NewUnitRequest,
    OfficeAccount,
    OfficeBrowser,
    OfficeBrowsers,
    OfficeInvited,
    OfficeMe,
    OfficeMeeting,
    OfficeMeetingLine,
    OfficeMeetings,
    OfficePeople,
    OfficePerson,
    OfficePersonCard,
    OfficerRole,
    OfficeUnit,
    OfficeUnits,
    OfficeWays,
    ResetPasswordRequest,
    RosterLine,
    RosterReason,
    RosterReport,
    SignInRequest,
    SignOutRequest,
    TakeRoster,
    UninviteRequest,
    UnitLevel,
)
from signaling.messages.papers import (
    ApproveVersion,
    Audience,
    PageSize,
    Paper,
    PaperPages,
    PaperVersion,
    RecallDocument,
    ShownPage,
    ShowPage,
    StopShowing,
    UploadRequest,
    UploadStanding,
    VersionState,
)
from signaling.messages.pushes import (
    AnyPush,
    DemandChanged,
    Ended,
    IceServer,
    Knock,
    KnocksChanged,
    LineQuality,
    MediaGone,
    MeetingEvent,
    PermitChanged,
    Presence,
    PresenceChanged,
    SlotShows,
    VoicesChanged,
    Waiting,
    Welcome,
)
from signaling.messages.shown import (
    AgendaItem,
    ChatLine,
    Floor,
    FloorRules,
    ItemPresenter,
    Meeting,
    Participant,
    SpeechRequest,
)
from signaling.messages.votes import (
    CancelVote,
    CastBallot,
    CastSecretBallot,
    CloseVote,
    CountHands,
    OpenVote,
    OwnBallot,
    PublishVote,
    Vote,
    VoteResult,
)
from signaling.messages.words import (
    Answer,
    ChatText,
    Choice,
    Command,
    FloorMode,
    Id,
    ItemState,
    Key,
    Layer,
    MeetingKind,
    MeetingState,
    Message,
    Question,
    Role,
    Sdp,
    Share,
    SourceKind,
    VoteBase,
    VoteCode,
    VoteKind,
    VoteState,
)
