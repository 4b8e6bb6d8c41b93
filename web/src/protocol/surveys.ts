/** What is asked of the service about surveys: by those who answer, and by the office. */
import type {
  EnterAnswerRequest,
  NewSurvey,
  NewSurveyRequest,
  OpenSurveyRequest,
  Survey,
  SurveyAnswerRequest,
  SurveyForm,
  SurveyLinks,
  SurveyLinksRequest,
  SurveyRequest,
  SurveyResults,
  Surveys,
  WriteSurveyRequest,
} from '../gen/protocol'
import { ask } from './http'

export const surveyForm = (token: string) => ask<SurveyForm>('/api/survey', { token } satisfies SurveyRequest)
export const answerSurvey = (request: SurveyAnswerRequest) => ask<unknown>('/api/survey/answer', request)

const at = (...path: string[]) => ['/api/office/surveys', ...path.map(encodeURIComponent)].join('/')
const grouped = (by: number | null) => (by === null ? '' : `?${new URLSearchParams({ by: String(by) })}`)

export const surveys = () => ask<Surveys>(at())
export const newSurvey = (request: NewSurveyRequest) => ask<NewSurvey>(at(), request)
export const survey = (id: string) => ask<Survey>(at(id))
export const writeSurvey = (id: string, request: WriteSurveyRequest) => ask<Survey>(at(id), request)
export const openSurvey = (id: string, request: OpenSurveyRequest) => ask<Survey>(at(id, 'open'), request)
export const closeSurvey = (id: string, request: OpenSurveyRequest) => ask<Survey>(at(id, 'close'), request)
export const surveyLinks = (id: string, request: SurveyLinksRequest) =>
  ask<SurveyLinks>(at(id, 'links'), request)
export const enterAnswer = (id: string, request: EnterAnswerRequest) =>
  ask<Survey>(at(id, 'answers'), request)
export const surveyResults = (id: string, by: number | null) =>
  ask<SurveyResults>(at(id, 'results') + grouped(by))
export const surveyExcel = (id: string, by: number | null) => at(id, 'excel') + grouped(by)
export const surveyWord = (id: string, by: number | null) => at(id, 'word') + grouped(by)
