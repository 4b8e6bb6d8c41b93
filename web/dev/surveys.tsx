/** Surveys with made-up questions and answers: as they are written, answered, and counted. */
import type { ComponentChild } from 'preact'
import type {
  OfficeMe,
  OfficeUnits,
  Survey,
  SurveyForm,
  SurveyQuestion,
  SurveyResults,
  Surveys,
} from '../src/gen/protocol'
import { EnterAnswers } from '../src/views/office/surveys/enter'
import { SurveyList } from '../src/views/office/surveys/list'
import { SurveyPage } from '../src/views/office/surveys/page'
import { Results } from '../src/views/office/surveys/results'
import { WriteSurvey } from '../src/views/office/surveys/write'
import { SurveyScreen } from '../src/views/survey/survey'
import '../src/css/surveys.css'

const UNIT = 'Ủy ban MTTQ Việt Nam tỉnh Lam Sơn'
const CLOSES = '2026-12-05T10:00:00.000000Z'
const questions: readonly SurveyQuestion[] = [
  {
    place: 1,
    kind: 'single',
    text: 'Đồng chí công tác ở cấp nào?',
    options: ['Khu dân cư', 'Xã, phường', 'Tỉnh'],
    steps: null,
    is_required: true,
  },
  {
    place: 2,
    kind: 'multiple',
    text: 'Nội dung nào cần tập huấn trước?',
    options: ['Họp trực tuyến', 'Ký số', 'Khai thác hồ sơ điện tử', 'An toàn thông tin'],
    steps: null,
    is_required: false,
  },
  {
    place: 3,
    kind: 'scale',
    text: 'Mức độ hài lòng với phòng họp không giấy',
    options: ['Chưa hài lòng', 'Rất hài lòng'],
    steps: 5,
    is_required: false,
  },
  { place: 4, kind: 'text', text: 'Góp ý khác', options: [], steps: null, is_required: false },
]
const survey: Survey = {
  id: 's1',
  title: 'Khảo sát nhu cầu tập huấn chuyển đổi số năm 2027',
  lead: 'Kết quả dùng để lập kế hoạch tập huấn. Trả lời mất khoảng hai phút.',
  unit: 'u1',
  unit_name: UNIT,
  is_anonymous: true,
  state: 'open',
  is_open: true,
  closes_at: CLOSES,
  url: 'https://hop.lamson.example/ks/k3J9x0qLm2Ts',
  revision: 1,
  questions,
  answers: 1024,
  by_way: { open: 870, personal: 90, interviewer: 64 },
  links: 120,
  links_used: 90,
}
const form: SurveyForm = {
  title: survey.title,
  lead: survey.lead,
  unit: UNIT,
  is_anonymous: true,
  is_open: true,
  closes_at: CLOSES,
  name: '',
  is_personal: false,
  is_answered: false,
  questions,
}
const results: SurveyResults = {
  title: survey.title,
  unit: UNIT,
  is_anonymous: true,
  is_open: false,
  answers: 1024,
  is_hidden: false,
  questions,
  counts: [
    {
      place: 1,
      labels: ['Khu dân cư', 'Xã, phường', 'Tỉnh'],
      answered: 1024,
      counts: [512, 508, 4],
      mean: null,
      texts: [],
      is_hidden: false,
    },
    {
      place: 2,
      labels: ['Họp trực tuyến', 'Ký số', 'Khai thác hồ sơ điện tử', 'An toàn thông tin'],
      answered: 980,
      counts: [610, 744, 402, 233],
      mean: null,
      texts: [],
      is_hidden: false,
    },
    {
      place: 3,
      labels: ['1 (Chưa hài lòng)', '2', '3', '4', '5 (Rất hài lòng)'],
      answered: 1003,
      counts: [12, 40, 190, 420, 341],
      mean: '4,0',
      texts: [],
      is_hidden: false,
    },
    {
      place: 4,
      labels: [],
      answered: 2,
      counts: [],
      mean: null,
      texts: [],
      is_hidden: true,
    },
  ],
  by: 1,
  groups: [
    {
      place: 3,
      groups: [
        { label: 'Khu dân cư', size: 512, counts: [6, 20, 96, 210, 171] },
        { label: 'Xã, phường', size: null, counts: [] },
        { label: 'Tỉnh', size: null, counts: [] },
      ],
    },
  ],
}
const list: Surveys = {
  surveys: (['open', 'draft', 'closed'] as const).map((state, at) => ({
    id: `s${at}`,
    title: survey.title,
    unit: UNIT,
    state,
    is_open: state === 'open',
    closes_at: state === 'draft' ? null : CLOSES,
    answers: [1024, 0, 311][at] ?? 0,
  })),
}
const draft: Survey = {
  ...survey,
  state: 'draft',
  is_open: false,
  answers: 0,
  by_way: {},
  links: 0,
  links_used: 0,
}

export function surveyScreens(
  me: OfficeMe,
  units: OfficeUnits,
  inside: (path: string, screen: ComponentChild) => ComponentChild,
): Record<string, () => ComponentChild> {
  const issued = ['Vi Thị An', 'Lò Văn Mẩy'].map((name) => ({ name, url: `${survey.url}-${name.length}` }))
  return {
    survey: () => <SurveyScreen token="a" given={form} />,
    'survey-named': () => <SurveyScreen token="b" given={{ ...form, is_anonymous: false }} />,
    'survey-thanks': () => <SurveyScreen token="c" given={form} isDone />,
    'survey-closed': () => <SurveyScreen token="d" given={{ ...form, is_open: false }} />,
    'office-surveys': () => inside('/khao-sat', <SurveyList me={me} given={list} />),
    'office-survey': () => inside('/khao-sat/s1', <SurveyPage id="s1" given={survey} givenLinks={issued} />),
    'office-survey-draft': () => inside('/khao-sat/s1', <SurveyPage id="s1" given={draft} />),
    'office-survey-write': () =>
      inside('/khao-sat/s1/soan', <WriteSurvey me={me} id="s1" given={draft} givenUnits={units} />),
    'office-survey-enter': () => inside('/khao-sat/s1/nhap', <EnterAnswers id="s1" given={survey} />),
    'office-survey-results': () => inside('/khao-sat/s1/ket-qua', <Results id="s1" given={results} />),
    'office-survey-few': () =>
      inside(
        '/khao-sat/s1/ket-qua',
        <Results
          id="s1"
          given={{ ...results, answers: 3, is_hidden: true, counts: [], groups: [], by: null }}
        />,
      ),
  }
}
