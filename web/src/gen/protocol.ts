// Written by `python -m web.generate_protocol` from signaling/messages; do not edit.

export type ConsultationState = "draft" | "open" | "signed" | "withdrawn"

export type OpinionChoice = "agree" | "disagree" | "other"

export type ReplyOutcome = "accepted" | "partly" | "rejected"

export type RequestKind = "speech" | "question"

export type TurnOrder = "asked" | "unit" | "spoken"

export type LinkState = "none" | "issued" | "used"

export type OfficerRole = "system_admin" | "unit_admin" | "clerk"

export type RosterReason = "formula" | "name" | "title" | "unit_missing" | "unit_unknown" | "unit_ambiguous" | "twice" | "position" | "position_differs" | "person_ambiguous" | "member_then" | "site" | "site_unknown" | "not_member"

export type UnitLevel = "central" | "province" | "district" | "commune" | "hamlet" | "body"

export type Audience = "everybody" | "delegates" | "leaders" | "named"

export type InkTool = "pen" | "marker"

export type VersionState = "converting" | "ready" | "failed"

export type AnswerWay = "open" | "personal" | "interviewer"

export type QuestionKind = "single" | "multiple" | "scale" | "text"

export type SurveyState = "draft" | "open" | "closed"

export type WallShows = "auto" | "speaker" | "agenda" | "vote" | "conclusions" | "address" | "check_in"

export type Answer = "pending" | "accepted" | "declined" | "substituted"

export type BodyBase = "all_members" | "present"

export type BodyKind = "committee" | "presidium" | "standing" | "advisory"

export type CheckInMethod = "remote" | "qr" | "on_behalf"

export type Choice = "for" | "against" | "other"

export type FloorMode = "chaired" | "open"

export type ItemState = "pending" | "current" | "done"

export type Layer = "q" | "h" | "f"

export type MailFault = "no_mailbox" | "mailbox_full" | "rejected" | "unreachable" | "not_made" | "not_noted" | "overtaken"

export type MailState = "waiting" | "sent" | "refused"

export type MeetingKind = "conference" | "standing_committee" | "supervision" | "critique" | "consultation"

export type MeetingState = "draft" | "submitted" | "approved" | "invited" | "check_in" | "in_session" | "paused" | "closed" | "cancelled" | "postponed"

export type Position = "head" | "deputy" | "member"

export type Role = "chair" | "secretary" | "delegate" | "guest" | "site_operator" | "big_screen"

export type Share = "more_than_half" | "two_thirds" | "three_quarters"

export type SourceKind = "microphone" | "camera" | "screen"

export type VoteBase = "present" | "convened" | "all_members" | "returned" | "valid"

export type VoteKind = "open" | "secret" | "show_of_hands" | "election"

export type VoteRule = "more_than_half" | "two_thirds" | "three_quarters" | "plurality"

export type VoteState = "open" | "closed" | "published" | "cancelled"

export type Way = "remote" | "in_person"

export interface AddItem {
  type: "add_item"
  key: string
  title: string
  presenters?: readonly Presenter[]
  planned_at?: string | null
  budget_s?: number
  parent?: string | null
}

export interface ChangeItem {
  type: "change_item"
  key: string
  item: string
  revision: number
  title: string
  presenters?: readonly Presenter[]
  planned_at?: string | null
  budget_s?: number
}

export interface CloseItem {
  type: "close_item"
  key: string
}

export interface MoveItem {
  type: "move_item"
  key: string
  item: string
  parent?: string | null
  before?: string | null
}

export interface OpenItem {
  type: "open_item"
  key: string
  item: string
}

export interface Presenter {
  participant?: string | null
  name?: string
}

export interface RemoveItem {
  type: "remove_item"
  key: string
  item: string
}

export interface MediaSlot {
  slot: string
  kind: "picture" | "voice"
}

export interface Problem {
  code: string
  message: string
  field?: string | null
}

export interface Result {
  ok: boolean
  problem?: Problem | null
  seq?: number | null
  answer?: string | null
  slots?: readonly MediaSlot[] | null
}

export interface Brief {
  title: string
  unit: string
  state: MeetingState
}

export interface DemoLink {
  role: Role
  name: string
  title: string
  url: string
}

export interface DemoLinks {
  meeting: string
  title: string
  links: readonly DemoLink[]
  office: DemoOffice | null
}

export interface DemoOffice {
  url: string
  login: string
  password: string
}

export interface Entered {
  place: "hall" | "lobby" | "wall"
  session: string
  meeting: string
  title: string
  name: string
  role: Role | null
}

export interface EnterRequest {
  token: string
  device?: string | null
}

export interface KnockRequest {
  meeting?: string | null
  token?: string | null
  name?: string
  unit?: string
  device?: string | null
}

export interface ReadingRoom {
  me: string
  role: Role
  meeting: Meeting
}

export interface AttendanceSheet {
  convened: number
  present: number
  needed: number
  lines: readonly SheetLine[]
  units: readonly SheetCount[]
  sites: readonly SheetCount[]
}

export interface CheckedIn {
  meeting: string
  title: string
  name: string
  site: string | null
  at: string
  again: boolean
}

export interface CheckInByLink {
  type: "check_in_by_link"
  key: string
  link: string
  site?: string | null
}

export interface CheckInRequest {
  code: string
  key: string
}

export interface HallCode {
  link: string
  site: string | null
  left_s: number
}

export interface SheetCount {
  name: string
  all: number
  in_person: number
  remote: number
  excused: number
  unexcused: number
  capacity: number
}

export interface SheetLine {
  participant: string
  name: string
  title: string
  unit: string
  role: Role
  site: string | null
  answer: Answer
  reason: string
  excused: boolean | null
  how: Way | null
  method: CheckInMethod | null
  came_at: string | null
  left_at: string | null
}

export interface Admit {
  type: "admit"
  key: string
  knock: string | null
}

export interface Mute {
  type: "mute"
  key: string
  participant: string
}

export interface MuteAll {
  type: "mute_all"
  key: string
}

export interface PinToStage {
  type: "pin_to_stage"
  key: string
  participant: string | null
}

export interface Refuse {
  type: "refuse"
  key: string
  knock: string
}

export interface RemoveParticipant {
  type: "remove_participant"
  key: string
  participant: string
}

export interface Say {
  type: "say"
  key: string
  text: string
}

export interface SetState {
  type: "set_state"
  key: string
  state: MeetingState
}

export interface SubmitMeeting {
  type: "submit_meeting"
  key: string
}

export interface Unmute {
  type: "unmute"
  key: string
  participant: string
}

export interface Conclusion {
  id: string
  item: string
  text: string
  tasks: readonly Task[]
  revision: number
  written_by: string | null
  written_at: string
}

export interface RemoveConclusion {
  type: "remove_conclusion"
  key: string
  conclusion: string
}

export interface SetProgress {
  type: "set_progress"
  key: string
  task: string
  progress: number
}

export interface Task {
  id: string
  text: string
  unit: string
  participant: string | null
  due_on: string | null
  progress: number
  done_at: string | null
}

export interface TaskPlan {
  id?: string | null
  text: string
  unit?: string
  participant?: string | null
  due_on?: string | null
}

export interface WriteConclusion {
  type: "write_conclusion"
  key: string
  item: string
  conclusion?: string | null
  revision?: number
  text: string
  tasks?: readonly TaskPlan[]
}

export interface AddDraft {
  key: string
  sha256: string
}

export interface AskUnitsRequest {
  key: string
}

export interface Consultation {
  id: string
  title: string
  note: string
  unit: string
  unit_name: string
  state: ConsultationState
  deadline: string
  is_overdue: boolean
  signer: string
  signer_name: string
  signer_title: string
  signed_at: string | null
  signed_sha256: string | null
  drafts: readonly ConsultationDraft[]
  units: readonly ConsultedUnit[]
  gate: SignatureGate | null
  leads: boolean
  signs: boolean
  answers_for: string | null
  head: string
}

export interface ConsultationChoices {
  leading: readonly string[]
  units: readonly OfficeUnit[]
  signers: readonly ConsultationSigner[]
}

export interface ConsultationDraft {
  number: number
  state: VersionState
  kind: string | null
  pages: number | null
  size: number
  problem: string | null
  sha256: string
  added_at: string
}

export interface ConsultationLine {
  id: string
  title: string
  unit: string
  state: ConsultationState
  deadline: string
  asked: number
  answered: number
  owes: boolean
  signs: boolean
}

export interface Consultations {
  consultations: readonly ConsultationLine[]
}

export interface ConsultationSigner {
  account: string
  name: string
  title: string
  unit: string
}

export interface ConsultedUnit {
  id: string
  name: string
  email: string
  waiver: string | null
  opinions: readonly Opinion[]
}

export interface ConsultedUnitPlan {
  unit: string
  email?: string
}

export interface MoveDeadlineRequest {
  key: string
  deadline: string
}

export interface NewConsultation {
  consultation: string
}

export interface NewConsultationRequest {
  key: string
  unit: string
  title: string
  note?: string
  deadline: string
  signer: string
  units: readonly ConsultedUnitPlan[]
}

export interface OpenOpinionRequest {
  key: string
}

export interface Opinion {
  id: string
  number: number
  draft: number
  choice: OpinionChoice
  text: string
  name: string
  title: string
  given_at: string
  is_late: boolean
  signature: string
  opened_at: string | null
  reply: OpinionReply | null
}

export interface OpinionReply {
  outcome: ReplyOutcome
  text: string
  name: string
  replied_at: string
  revision: number
}

export interface OpinionRequest {
  key: string
  choice: OpinionChoice
  text?: string
}

export interface ReplyRequest {
  key: string
  outcome: ReplyOutcome
  text?: string
  revision: number
}

export interface SignatureGate {
  silent: readonly string[]
  unanswered: readonly string[]
  unopened: readonly string[]
  may_waive: boolean
}

export interface SignConsultationRequest {
  key: string
  head: string
  waivers?: readonly Waiver[]
}

export interface Waiver {
  unit: string
  reason: string
}

export interface WithdrawRequest {
  key: string
  reason: string
}

export interface ExtendSpeech {
  type: "extend_speech"
  key: string
  seconds: number
}

export interface GiveFloor {
  type: "give_floor"
  key: string
  participant: string
  kind?: RequestKind
}

export interface LowerHand {
  type: "lower_hand"
  key: string
  participant?: string | null
  kind?: RequestKind
}

export interface PauseSpeech {
  type: "pause_speech"
  key: string
}

export interface RaiseHand {
  type: "raise_hand"
  key: string
  kind?: RequestKind
}

export interface ResumeSpeech {
  type: "resume_speech"
  key: string
}

export interface SetFloorMode {
  type: "set_floor_mode"
  key: string
  mode: FloorMode
}

export interface SetFloorRules {
  type: "set_floor_rules"
  key: string
  turn_order: TurnOrder
  speech_limit_s: number
  question_limit_s: number
  unit_budget_s: number
}

export interface TakeFloor {
  type: "take_floor"
  key: string
}

export interface AnswerRequest {
  token: string
  key: string
  answer: "accepted" | "declined"
  reason?: string
}

export interface Followed {
  entered: Entered | null
  invitation: Invitation | null
}

export interface FormAnswerRequest {
  token: string
  key: string
  vote: string
  choice: Choice
  text?: string
}

export interface Guest {
  participant: string
  email: string
  reason: string
  excused: boolean | null
  mail: MailState | null
  fault: MailFault | null
  is_opened: boolean
}

export interface GuestList {
  sends_mail: boolean
  words: LetterWords
  is_written: boolean
  reminders: ReminderRules
  sent: readonly SentMails[]
  guests: readonly Guest[]
}

export interface Invitation {
  title: string
  unit: string
  kind: MeetingKind
  state: MeetingState
  starts_at: string
  place: string
  name: string
  role: Role
  answer: Answer
  reason: string
  excused: boolean | null
  substitute: string | null
  has_letter: boolean
  was_here: boolean
  agenda: readonly string[]
  opinion: OpinionForm | null
}

export interface InvitationRequest {
  token: string
}

export interface LetterWords {
  number?: string
  above?: string
  body: string
  town: string
  dated: string
  note?: string
  powers?: string
  signer_title: string
  signer: string
}

export interface OpinionForm {
  vote: string
  question: string
  state: VoteState
  due_at: string
  choice: Choice | null
  text: string | null
}

export interface SubstituteNamed {
  name: string
  link: string
  is_mailed: boolean
}

export interface SubstituteRequest {
  token: string
  key: string
  name: string
  title?: string
  email?: string
}

export interface AnswerInvitation {
  type: "answer_invitation"
  key: string
  participant: string
  answer: "accepted" | "declined"
  reason?: string
}

export interface CheckInAtHall {
  type: "check_in_at_hall"
  key: string
  participant: string
  site?: string | null
}

export interface DecideAbsence {
  type: "decide_absence"
  key: string
  participant: string
  excused: boolean
}

export interface Invite {
  type: "invite"
  key: string
}

export interface NameSubstitute {
  type: "name_substitute"
  key: string
  participant: string
  name: string
  title?: string
  email?: string
}

export interface NoteLeaving {
  type: "note_leaving"
  key: string
  participant: string
}

export interface Remind {
  type: "remind"
  key: string
}

export interface Reschedule {
  type: "reschedule"
  key: string
  before: string
  starts_at: string
  place: string
}

export interface Resend {
  type: "resend"
  key: string
  participants: readonly string[]
}

export interface SetAddress {
  type: "set_address"
  key: string
  participant: string
  email: string
}

export interface WriteLetter {
  type: "write_letter"
  key: string
  words: LetterWords
}

export interface MediaCompanion {
  type: "companion"
  on: boolean
}

export interface MediaOffer {
  type: "offer"
  sdp: string
  restart?: boolean
}

export interface MediaPublish {
  type: "publish"
  microphone: boolean
  camera: boolean
  screen: boolean
}

export interface MediaWatch {
  type: "watch"
  wishes: readonly MediaWish[]
}

export interface MediaWish {
  slot: string
  source: string | null
  layer?: Layer
}

export interface ChangeBodyRequest {
  key: string
  revision: number
  name: string
  term: string
  quorum: Share
  rule: Share
  base: BodyBase
  basis: string
}

export interface ConveneRequest {
  key: string
}

export interface EndMembershipRequest {
  key: string
  left_on: string
}

export interface NewBodyRequest {
  key: string
  unit: string
  kind: BodyKind
  name: string
  term?: string
}

export interface NewMembersRequest {
  key: string
  people: readonly string[]
  position: Position
  joined_on: string
}

export interface OfficeBodies {
  bodies: readonly OfficeBody[]
}

export interface OfficeBody {
  id: string
  unit: string
  unit_name: string
  kind: BodyKind
  name: string
  term: string
  quorum: Share
  rule: Share
  base: BodyBase
  basis: string
  source: string
  members: number
  is_closed: boolean
  revision: number
}

export interface OfficeBodyCard {
  body: OfficeBody
  members: readonly OfficeMember[]
}

export interface OfficeMember {
  id: string
  person: string
  name: string
  title: string
  position: Position
  joined_on: string
}

export interface AddressRequest {
  key: string
  participant: string
  email: string
}

export interface ChangePasswordRequest {
  key: string
  password: string
  new_password: string
}

export interface ChangePersonRequest {
  key: string
  name: string
  title?: string
  unit: string
  revision: number
}

export interface ChangeUnitRequest {
  key: string
  name: string
  parent: string | null
  revision: number
}

export interface CloseRequest {
  key: string
}

export interface GiveRoleRequest {
  key: string
  role: OfficerRole
  unit: string
}

export interface InviteRequest {
  key: string
  role: Role
  people: readonly string[]
}

export interface IssuedLink {
  participant: string
  url: string
}

export interface IssuedLinks {
  links: readonly IssuedLink[]
}

export interface LinksRequest {
  key: string
  participants: readonly string[]
}

export interface NewAccountRequest {
  key: string
  person: string
  login: string
  password: string
  role: OfficerRole
}

export interface NewMeeting {
  meeting: string
}

export interface NewMeetingRequest {
  key: string
  title: string
  unit: string
  starts_at: string
  kind?: MeetingKind
  place?: string
  body?: string | null
}

export interface NewPerson {
  person: string
}

export interface NewPersonRequest {
  key: string
  name: string
  title?: string
  unit: string
}

export interface NewUnitRequest {
  key: string
  name: string
  level: UnitLevel
  parent?: string | null
}

export interface OfficeAccount {
  id: string
  login: string
  role: OfficerRole
  elsewhere: readonly RoleElsewhere[]
  is_closed: boolean
}

export interface OfficeBrowser {
  id: string
  device: string
  opened_at: string
  seen_at: string
  is_this: boolean
}

export interface OfficeBrowsers {
  sessions: readonly OfficeBrowser[]
}

export interface OfficeInvited {
  id: string
  person: string | null
  name: string
  title: string
  unit: string
  role: Role
  link: LinkState
  site: string | null
  answer: Answer
  email: string
  mail: MailState | null
  fault: MailFault | null
  is_opened: boolean
}

export interface OfficeMe {
  account: string
  login: string
  name: string
  role: OfficerRole
  unit: string
  unit_name: string
  may: readonly string[]
}

export interface OfficeMeeting {
  id: string
  title: string
  unit: string
  state: MeetingState
  starts_at: string
  kind: MeetingKind
  place: string
  body: string | null
  missing: number
  sends_mail: boolean
  sites: readonly Site[]
  invited: readonly OfficeInvited[]
}

export interface OfficeMeetingLine {
  id: string
  title: string
  unit: string
  state: MeetingState
  starts_at: string
  participants: number
}

export interface OfficeMeetings {
  meetings: readonly OfficeMeetingLine[]
  more: boolean
}

export interface OfficePeople {
  people: readonly OfficePerson[]
  more: boolean
}

export interface OfficePerson {
  id: string
  name: string
  title: string
  unit: string
  unit_name: string
  revision: number
}

export interface OfficePersonCard {
  person: OfficePerson
  accounts: readonly OfficeAccount[]
  roles: readonly OfficerRole[]
}

export interface OfficeUnit {
  id: string
  parent: string | null
  level: UnitLevel
  name: string
  is_closed: boolean
  revision: number
}

export interface OfficeUnits {
  units: readonly OfficeUnit[]
}

export interface OfficeWays {
  oidc: string | null
}

export interface ReopenRequest {
  key: string
}

export interface RepeatRequest {
  key: string
  title: string
  starts_at: string
  place?: string
}

export interface RescheduleRequest {
  key: string
  before: string
  starts_at: string
  place?: string
}

export interface ResendRequest {
  key: string
  participants: readonly string[]
}

export interface ResetPasswordRequest {
  key: string
  password: string
}

export interface RoleElsewhere {
  role: OfficerRole
  unit: string
  unit_name: string
}

export interface RosterLine {
  number: number
  name: string
  unit: string
  reason: RosterReason
}

export interface RosterReport {
  new: number
  known: number
  rejected: readonly RosterLine[]
}

export interface SignInRequest {
  login: string
  password: string
}

export interface SignOutRequest {
  key: string
  participant: string
}

export interface TakeRoster {
  key: string
  sha256: string
}

export interface UninviteRequest {
  key: string
  participant: string
}

export interface ApproveVersion {
  type: "approve_version"
  key: string
  version: string
}

export interface ChangeReaders {
  type: "change_readers"
  key: string
  document: string
  revision: number
  audience: Audience
  readers?: Readers | null
}

export interface NoteRequest {
  text: string
}

export interface OwnPapers {
  type: "own_papers"
  documents: readonly Paper[]
  shown: ShownPage | null
}

export interface PageInk {
  strokes: readonly Stroke[]
}

export interface PageNote {
  page: number
  text: string
}

export interface PageNotes {
  notes: readonly PageNote[]
}

export interface PagePlace {
  x: number
  y: number
}

export interface PageSize {
  width: number
  height: number
}

export interface Paper {
  id: string
  item: string | null
  title: string
  audience: Audience
  confidential: boolean
  recalled: boolean
  readers: Readers | null
  revision: number
  versions: readonly PaperVersion[]
}

export interface PaperChanges {
  pieces: readonly PaperPiece[]
  added: number
  removed: number
  more: boolean
}

export interface PaperHit {
  version: string
  page: number
  before: string
  match: string
  after: string
}

export interface PaperHits {
  hits: readonly PaperHit[]
  more: boolean
}

export interface PaperPages {
  pages: readonly PageSize[]
}

export interface PaperPiece {
  kind: "added" | "removed" | "same"
  text: string
  page: number
  skipped: number
}

export interface PaperVersion {
  id: string
  number: number
  state: VersionState
  kind: "excel" | "pdf" | "picture" | "powerpoint" | "word" | null
  pages: number | null
  size: number
  problem: string | null
  added_at: string
  approved_at: string | null
}

export interface Point {
  type: "point"
  version: string
  page: number
  at: PagePlace | null
}

export interface PointerMoved {
  type: "pointer"
  version: string
  page: number
  at: PagePlace | null
}

export interface Readers {
  participants: readonly string[]
  units: readonly string[]
  roles: readonly Role[]
}

export interface RecallDocument {
  type: "recall_document"
  key: string
  document: string
}

export interface ShownPage {
  document: string
  version: string
  page: number
  participant: string
  audience: Audience
}

export interface ShowPage {
  type: "show_page"
  key: string
  version: string
  page: number
}

export interface StopShowing {
  type: "stop_showing"
  key: string
}

export interface Stroke {
  id: string
  tool: InkTool
  points: readonly number[]
}

export interface StrokeRequest {
  tool: InkTool
  points: readonly number[]
}

export interface UploadRequest {
  key: string
  size: number
  document?: string | null
  item?: string | null
  title?: string
  audience?: Audience
  confidential?: boolean
  readers?: Readers | null
}

export interface UploadStanding {
  upload: string
  offset: number
  size: number
  version: string | null
}

export interface DemandChanged {
  type: "demand"
  camera: readonly Layer[]
  screen: boolean
}

export interface Ended {
  type: "ended"
  reason: "closed" | "lobby_full" | "refused" | "removed" | "replaced" | "revoked"
}

export interface IceServer {
  urls: readonly string[]
  username: string | null
  credential: string | null
}

export interface Knock {
  id: string
  name: string
  unit: string
  reason: "guest" | "used_link"
  at: string
}

export interface KnocksChanged {
  type: "knocks"
  knocks: readonly Knock[]
}

export interface LineQuality {
  type: "quality"
  level: "fair" | "good" | "poor"
  uplink_loss: number
  downlink_loss: number
  downlink_bps: number
  round_trip_ms: number | null
}

export interface MediaGone {
  type: "media_gone"
  ready: boolean
}

export interface MeetingEvent {
  type: "event"
  seq: number
  name: string
  actor: string | null
  at: string
  data: Record<string, unknown>
}

export interface MeetingEvents {
  type: "events"
  events: readonly MeetingEvent[]
}

export interface PermitChanged {
  type: "permit"
  publish: readonly SourceKind[]
}

export interface Presence {
  participant: string
  online: boolean
  microphone: boolean
  camera: boolean
  screen: boolean
}

export interface PresenceChanged {
  type: "presence"
  changes: readonly Presence[]
}

export interface SlotShows {
  type: "slot"
  slot: string
  source: string | null
  layer: Layer | null
  cause: "as_wished" | "downlink" | "not_sent"
}

export interface VoicesChanged {
  type: "voices"
  slots: readonly (string | null)[]
  speaking: readonly string[]
}

export interface Waiting {
  type: "waiting"
  title: string
  knock: string
}

export interface Welcome {
  type: "welcome"
  me: string
  role: Role
  may: readonly string[]
  seq: number
  now: string
  demo: boolean
  meeting: Meeting | null
  events: readonly MeetingEvent[]
  presence: readonly Presence[]
  ballot: OwnBallot | null
  papers: OwnPapers | null
  knocks: readonly Knock[]
  ice_servers: readonly IceServer[]
  media_known: boolean
}

export interface ReminderRules {
  answer_days: number
  day_before: boolean
  hour_before: boolean
  task_days: number
}

export interface SentMails {
  kind: "invitation" | "moved" | "reminder" | "soon" | "task" | "tomorrow"
  made_at: string
  mails: number
  sent: number
  refused: number
}

export interface SetReminders {
  type: "set_reminders"
  key: string
  answer_days: number
  day_before: boolean
  hour_before: boolean
  task_days: number
}

export interface AgendaItem {
  id: string
  parent: string | null
  number: string
  title: string
  presenters: readonly ItemPresenter[]
  planned_at: string | null
  budget_s: number
  state: ItemState
  opened_at: string | null
  spent_s: number
  revision: number
  changed_by: string | null
  late_change_at: string | null
}

export interface ChatLine {
  id: string
  participant: string
  name: string
  text: string
  at: string
}

export interface Floor {
  mode: FloorMode
  holder: string | null
  since: string | null
  kind: RequestKind | null
  limit_s: number
  paused_at: string | null
  paused_s: number
  queue: readonly SpeechRequest[]
  rules: FloorRules
  spoken: Record<string, number>
  gone: Record<string, string>
}

export interface FloorRules {
  turn_order: TurnOrder
  speech_limit_s: number
  question_limit_s: number
  unit_budget_s: number
}

export interface ItemPresenter {
  participant: string | null
  name: string
}

export interface Meeting {
  id: string
  kind: MeetingKind
  title: string
  unit: string
  body: MeetingBody | null
  state: MeetingState
  starts_at: string
  place: string
  floor: Floor
  stage: string | null
  agenda: readonly AgendaItem[]
  sites: readonly Site[]
  wall: WallShows
  conclusions: readonly Conclusion[]
  vote: Vote | null
  documents: readonly Paper[]
  shown: ShownPage | null
  shown_to_others: boolean
  participants: readonly Participant[]
  chat: readonly ChatLine[]
}

export interface MeetingBody {
  id: string
  kind: BodyKind
  name: string
  members: number
  quorum: Share
  rule: Share
  base: BodyBase
  basis: string
  former: readonly string[]
}

export interface Participant {
  id: string
  name: string
  title: string
  unit: string
  role: Role
  muted: boolean
  present: boolean
  answer: Answer
  how: Way | null
  site: string | null
}

export interface Site {
  id: string
  name: string
  unit: string
  capacity: number
}

export interface SpeechRequest {
  participant: string
  asked_at: string
  kind: RequestKind
}

export interface PlaceRequest {
  key: string
  site: string | null
  participants: readonly string[]
}

export interface SiteRequest {
  key: string
  name: string
  unit?: string
  capacity?: number
}

export interface AnswerGroup {
  label: string
  size: number | null
  counts: readonly number[]
}

export interface AnswerValue {
  place: number
  chosen: readonly number[]
  number: number | null
  text: string
}

export interface EnterAnswerRequest {
  key: string
  name: string
  values: readonly AnswerValue[]
}

export interface NewSurvey {
  survey: string
}

export interface NewSurveyRequest {
  key: string
  unit: string
  title: string
  lead: string
  is_anonymous: boolean
  closes_at: string | null
  questions: readonly SurveyQuestion[]
}

export interface OpenSurveyRequest {
  key: string
}

export interface QuestionCount {
  place: number
  labels: readonly string[]
  answered: number
  counts: readonly number[]
  mean: string | null
  texts: readonly string[]
  is_hidden: boolean
}

export interface QuestionGroups {
  place: number
  groups: readonly AnswerGroup[]
}

export interface Survey {
  id: string
  title: string
  lead: string
  unit: string
  unit_name: string
  is_anonymous: boolean
  state: SurveyState
  is_open: boolean
  closes_at: string | null
  url: string
  revision: number
  questions: readonly SurveyQuestion[]
  answers: number
  by_way: Record<string, number>
  links: number
  links_used: number
}

export interface SurveyAnswerRequest {
  token: string
  key: string
  name: string
  values: readonly AnswerValue[]
}

export interface SurveyForm {
  title: string
  lead: string
  unit: string
  is_anonymous: boolean
  is_open: boolean
  closes_at: string | null
  name: string
  is_personal: boolean
  is_answered: boolean
  questions: readonly SurveyQuestion[]
}

export interface SurveyLine {
  id: string
  title: string
  unit: string
  state: SurveyState
  is_open: boolean
  closes_at: string | null
  answers: number
}

export interface SurveyLink {
  name: string
  url: string
}

export interface SurveyLinks {
  links: readonly SurveyLink[]
}

export interface SurveyLinksRequest {
  key: string
  names: readonly string[]
}

export interface SurveyQuestion {
  place: number
  kind: QuestionKind
  text: string
  options: readonly string[]
  steps: number | null
  is_required: boolean
}

export interface SurveyRequest {
  token: string
}

export interface SurveyResults {
  title: string
  unit: string
  is_anonymous: boolean
  is_open: boolean
  answers: number
  is_hidden: boolean
  questions: readonly SurveyQuestion[]
  counts: readonly QuestionCount[]
  by: number | null
  groups: readonly QuestionGroups[]
}

export interface Surveys {
  surveys: readonly SurveyLine[]
}

export interface WriteSurveyRequest {
  key: string
  title: string
  lead: string
  is_anonymous: boolean
  closes_at: string | null
  questions: readonly SurveyQuestion[]
  revision: number
}

export interface AskOpinions {
  type: "ask_opinions"
  key: string
  question: string
  due_at: string
}

export interface CancelVote {
  type: "cancel_vote"
  key: string
  vote: string
}

export interface Candidate {
  id: string
  name: string
  note: string
}

export interface CastBallot {
  type: "cast_ballot"
  key: string
  vote: string
  choice: Choice
  text?: string
}

export interface CastSecretBallot {
  type: "cast_secret_ballot"
  key: string
  vote: string
  choices: readonly string[]
  code: string
}

export interface CloseVote {
  type: "close_vote"
  key: string
  vote: string
}

export interface CountHands {
  type: "count_hands"
  key: string
  vote: string
  counts: Record<string, number>
}

export interface OpenVote {
  type: "open_vote"
  key: string
  question: string
  kind?: VoteKind
  rule?: VoteRule
  base?: VoteBase
  item?: string | null
  tellers?: readonly string[]
  candidates?: readonly Standing[]
  seats?: number
  least?: number
  repeats?: string | null
}

export interface OwnBallot {
  vote: string
  choice: Choice | null
}

export interface PublishVote {
  type: "publish_vote"
  key: string
  vote: string
}

export interface Standing {
  name: string
  note?: string
}

export interface Vote {
  id: string
  kind: VoteKind
  item: string | null
  question: string
  options: readonly string[]
  rule: VoteRule
  base: VoteBase
  base_count: number | null
  needed: number | null
  quorum: Share
  quorum_needed: number
  convened: number
  members: number | null
  roster: readonly string[]
  voted: readonly string[]
  cast: number
  tellers: readonly string[]
  counted: readonly string[]
  tallies: Record<string, Record<string, number>>
  candidates: readonly Candidate[]
  seats: number | null
  least: number | null
  repeats: string | null
  round: number
  state: VoteState
  opened_at: string
  due_at: string | null
  published_at: string | null
  result: VoteResult | null
}

export interface VoteResult {
  counts: Record<string, number>
  passed: boolean
  base_count: number
  needed: number
  returned: number
  valid: number
  ballots: Record<string, readonly string[]>
  opinions: Record<string, string>
  codes: readonly string[]
  elected: readonly string[]
  tied: readonly string[]
}

export interface ShowOnWall {
  type: "show_on_wall"
  key: string
  shows: WallShows
}

export type AnyCommand = RaiseHand | LowerHand | GiveFloor | TakeFloor | SetFloorMode | Mute | Unmute | MuteAll | RemoveParticipant | PinToStage | Admit | Refuse | OpenItem | CloseItem | SetState | SubmitMeeting | Say | AddItem | ChangeItem | MoveItem | RemoveItem | ApproveVersion | ChangeReaders | RecallDocument | ShowPage | StopShowing | OpenVote | AskOpinions | CastBallot | CastSecretBallot | CountHands | CloseVote | CancelVote | PublishVote | ShowOnWall | WriteConclusion | RemoveConclusion | SetProgress | SetFloorRules | PauseSpeech | ResumeSpeech | ExtendSpeech | WriteLetter | SetAddress | Invite | Remind | AnswerInvitation | NameSubstitute | CheckInAtHall | CheckInByLink | NoteLeaving | SetReminders | Reschedule | Resend | DecideAbsence

export type AnyMedia = MediaOffer | MediaWatch | MediaPublish | MediaCompanion | Point

export type AnyPush = Welcome | MeetingEvent | MeetingEvents | PresenceChanged | KnocksChanged | VoicesChanged | DemandChanged | SlotShows | LineQuality | MediaGone | PermitChanged | PointerMoved | OwnPapers | Waiting | Ended
