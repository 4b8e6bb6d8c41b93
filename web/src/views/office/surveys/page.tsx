/** A survey in the office: its links, what has come in, and where to go on. */
import { useSignal } from '@preact/signals'
import { ArrowLeft, ChartBar, Copy, Keyboard, Pencil } from 'lucide'
import { useEffect } from 'preact/hooks'
import type { AnswerWay, Survey, SurveyLink } from '../../../gen/protocol'
import { survey as ask, closeSurvey, openSurvey, surveyLinks } from '../../../protocol/surveys'
import { language, numeral } from '../../../state/i18n'
import { officeText } from '../../../state/office/i18n'
import { dayAndTime } from '../../../state/office/times'
import { surveyText } from '../../../state/surveys/i18n'
import { Heading } from '../../parts/heading'
import { Icon } from '../../parts/icon'
import { Question } from '../../parts/modal'
import { useAnswer, useChange } from '../asking'
import { Field, Refusal } from '../fields'
import { useKept } from '../kept'
import { Link } from '../place'
import { SURVEYS, SurveyPill } from './list'

const AGAIN_MS = 20_000
const WAYS = ['open', 'personal', 'interviewer'] as const satisfies readonly AnswerWay[]

interface Props {
  id: string
  given?: Survey | null
  givenLinks?: readonly SurveyLink[]
}

export function SurveyPage({ id, given = null, givenLinks = [] }: Props) {
  const { answer, problem, again } = useAnswer(() => ask(id), [id], given)
  const seen = answer.value
  const t = surveyText.value
  useEffect(() => {
    if (given !== null || !seen?.is_open) return
    const timer = setInterval(again, AGAIN_MS)
    return () => clearInterval(timer)
  }, [seen?.is_open])
  const show = (changed: Survey) => {
    answer.value = changed
  }
  return (
    <>
      <Link to={SURVEYS} class="button quiet return">
        <Icon of={ArrowLeft} />
        {t.title}
      </Link>
      <Refusal problem={problem.value} />
      {seen === null ? (
        problem.value === null && <p class="loading">{officeText.value.loading}</p>
      ) : (
        <>
          <section class="card col">
            <div class="row">
              <SurveyPill line={seen} />
            </div>
            <Heading>{seen.title}</Heading>
            {seen.lead && <p class="prose">{seen.lead}</p>}
            <dl class="facts">
              <dt>{t.page.unit}</dt>
              <dd>{seen.unit_name}</dd>
              <dt>{t.page.kind}</dt>
              <dd>{seen.is_anonymous ? t.page.anonymous : t.page.named}</dd>
              {seen.closes_at && (
                <>
                  <dt>{t.page.closes}</dt>
                  <dd class="num">{dayAndTime(seen.closes_at, language.value)}</dd>
                </>
              )}
              {seen.state !== 'draft' && (
                <>
                  <dt>{t.page.received}</dt>
                  <dd class="num">
                    {t.answers(seen.answers)}
                    {WAYS.map((way) =>
                      seen.by_way[way] ? (
                        <span key={way} class="small soft">
                          {' '}
                          · {t.way[way]} {numeral(seen.by_way[way])}
                        </span>
                      ) : null,
                    )}
                  </dd>
                </>
              )}
            </dl>
            <Steps seen={seen} onChange={show} />
          </section>
          {seen.is_open && (
            <section class="card share">
              <img
                src={`/api/qr?link=${encodeURIComponent(seen.url)}`}
                alt={t.page.qr}
                width={200}
                height={200}
              />
              <div class="col grow">
                <h2>{t.page.link}</h2>
                <a href={seen.url}>{seen.url}</a>
              </div>
            </section>
          )}
          {(seen.is_open || seen.state === 'draft') && <Links seen={seen} given={givenLinks} />}
          <section class="card col">
            <h2>{t.write.questions}</h2>
            <ol class="questions">
              {seen.questions.map((question) => (
                <li key={question.place}>
                  <b>{question.text}</b> <span class="small soft">{t.kind[question.kind]}</span>
                  {question.kind !== 'scale' && question.options && (
                    <div class="small soft">{question.options.join(' · ')}</div>
                  )}
                </li>
              ))}
            </ol>
          </section>
        </>
      )}
    </>
  )
}

function Steps({ seen, onChange }: { seen: Survey; onChange: (changed: Survey) => void }) {
  const { make, isSending, problem } = useChange()
  const isAsking = useSignal(false)
  const t = surveyText.value.page
  async function send(step: 'open' | 'close') {
    isAsking.value = false
    const content = { step }
    const change = step === 'open' ? openSurvey : closeSurvey
    const changed = await make((keyFor) => change(seen.id, { key: keyFor(content) }))
    if (changed !== null) onChange(changed)
  }
  return (
    <>
      <Refusal problem={problem.value} />
      {seen.state === 'draft' && <p class="small soft">{t.openLead}</p>}
      <div class="actions">
        {seen.state === 'draft' ? (
          <>
            <button
              type="button"
              class="primary"
              disabled={isSending.value || seen.questions.length === 0}
              onClick={() => void send('open')}
            >
              {t.open}
            </button>
            <Link to={`${SURVEYS}/${seen.id}/soan`} class="button">
              <Icon of={Pencil} />
              {t.edit}
            </Link>
          </>
        ) : (
          <Link to={`${SURVEYS}/${seen.id}/ket-qua`} class="button primary">
            <Icon of={ChartBar} />
            {t.results}
          </Link>
        )}
        {seen.is_open && (
          <Link to={`${SURVEYS}/${seen.id}/nhap`} class="button">
            <Icon of={Keyboard} />
            {t.enter}
          </Link>
        )}
        {/* Also after its moment: closing parts the answers from the order in which they came. */}
        {seen.state === 'open' && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              isAsking.value = true
            }}
          >
            {t.close}
          </button>
        )}
      </div>
      {isAsking.value && (
        <Question
          title={t.closeSure}
          lead={t.closeLead}
          yes={t.close}
          no={officeText.value.cancel}
          onYes={() => void send('close')}
          onClose={() => {
            isAsking.value = false
          }}
        />
      )}
    </>
  )
}

function Links({ seen, given }: { seen: Survey; given: readonly SurveyLink[] }) {
  const { make, isSending, problem } = useChange()
  const [names, forget] = useKept(`survey-links-${seen.id}`)
  const issued = useSignal(given)
  const isCopied = useSignal(false)
  const fault = useSignal('')
  const t = surveyText.value.page

  async function issue(event: SubmitEvent) {
    event.preventDefault()
    const wanted = names.value
      .split('\n')
      .map((name) => name.trim())
      .filter(Boolean)
    fault.value = wanted.length === 0 ? t.namesMissing : ''
    if (wanted.length === 0) return
    const content = { names: wanted }
    const made = await make((keyFor) => surveyLinks(seen.id, { ...content, key: keyFor(content) }))
    if (made === null) return
    forget()
    isCopied.value = false
    issued.value = made.links
  }

  async function copy() {
    await navigator.clipboard.writeText(issued.value.map(({ name, url }) => `${name}\t${url}`).join('\n'))
    isCopied.value = true
  }

  return (
    <section class="card col">
      <h2>{t.links}</h2>
      <p class="soft">{t.linksLead}</p>
      {seen.links > 0 && <p class="num">{t.linksUsed(seen.links_used, seen.links)}</p>}
      {issued.value.length > 0 && (
        <>
          <ul class="rows plain scrolls">
            {issued.value.map(({ name, url }) => (
              <li key={url}>
                <div class="grow">
                  <b>{name}</b>
                  <code>{url}</code>
                </div>
              </li>
            ))}
          </ul>
          <div class="actions">
            <button type="button" onClick={() => void copy()}>
              <Icon of={Copy} />
              {isCopied.value ? t.copied : t.copy}
            </button>
          </div>
        </>
      )}
      <form class="fields" onSubmit={(event) => void issue(event)} noValidate>
        <Refusal problem={problem.value} />
        <Field label={t.names} fault={fault.value}>
          {(attributes) => (
            <textarea
              {...attributes}
              rows={3}
              value={names.value}
              onInput={(event) => {
                names.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
        <div class="actions">
          <button type="submit" disabled={isSending.value}>
            {t.issue}
          </button>
        </div>
      </form>
    </section>
  )
}
