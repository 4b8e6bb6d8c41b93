/** What was answered: a chart and a table for each question, and groups beside each other. */
import { useSignal } from '@preact/signals'
import { ArrowLeft, Download } from 'lucide'
import type { QuestionCount, QuestionGroups, SurveyQuestion, SurveyResults } from '../../../gen/protocol'
import { surveyResults as ask, surveyExcel, surveyWord } from '../../../protocol/surveys'
import { language, numeral } from '../../../state/i18n'
import { officeText } from '../../../state/office/i18n'
import { surveyText } from '../../../state/surveys/i18n'
import { percent } from '../../../state/surveys/values'
import { Heading } from '../../parts/heading'
import { Icon } from '../../parts/icon'
import { useAnswer } from '../asking'
import { Field, Refusal } from '../fields'
import { Link } from '../place'
import { SURVEYS } from './list'

export function Results({ id, given = null }: { id: string; given?: SurveyResults | null }) {
  const by = useSignal<number | null>(given?.by ?? null)
  const { answer, problem } = useAnswer(() => ask(id, by.value), [id, by.value], given)
  const t = surveyText.value.results
  const found = answer.value
  const dividing = found?.questions.filter(({ kind }) => kind === 'single' || kind === 'scale') ?? []
  const isCounted = found !== null && found.answers > 0 && !found.is_hidden
  return (
    <>
      <Link to={`${SURVEYS}/${id}`} class="button quiet return">
        <Icon of={ArrowLeft} />
        {found?.title ?? surveyText.value.title}
      </Link>
      <Refusal problem={problem.value} />
      {found === null ? (
        problem.value === null && <p class="loading">{officeText.value.loading}</p>
      ) : (
        <>
          <div class="head">
            <div>
              <Heading>{found.title}</Heading>
              <p class="soft num">{surveyText.value.answers(found.answers)}</p>
            </div>
            <div class="actions">
              <a class="button" href={surveyExcel(id, by.value)} download>
                <Icon of={Download} />
                {t.excel}
              </a>
              <a class="button" href={surveyWord(id, by.value)} download>
                <Icon of={Download} />
                {t.word}
              </a>
            </div>
          </div>
          {found.answers === 0 && <p class="card soft">{t.empty}</p>}
          {found.is_hidden && <p class="card warning">{found.is_open ? t.stillOpen : t.tooFew}</p>}
          {isCounted && dividing.length > 0 && (
            <div class="filters fields">
              <Field label={t.by}>
                {(attributes) => (
                  <select
                    {...attributes}
                    value={by.value ?? ''}
                    onChange={(event) => {
                      const chosen = event.currentTarget.value
                      by.value = chosen === '' ? null : Number(chosen)
                    }}
                  >
                    <option value="">{t.nothing}</option>
                    {dividing.map((one) => (
                      <option key={one.place} value={one.place}>
                        {one.place}. {one.text}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            </div>
          )}
          {found.counts.map((count) => (
            <Counted
              key={count.place}
              count={count}
              question={found.questions.find((one) => one.place === count.place) as SurveyQuestion}
              groups={found.groups.find((one) => one.place === count.place) ?? null}
            />
          ))}
        </>
      )}
    </>
  )
}

interface CountedProps {
  question: SurveyQuestion
  count: QuestionCount
  groups: QuestionGroups | null
}

function Counted({ question, count, groups }: CountedProps) {
  const t = surveyText.value.results
  const most = Math.max(1, ...count.counts)
  return (
    <section class="card col">
      <h2>
        {question.place}. {question.text}
      </h2>
      <p class="small soft num">
        {[t.answered(count.answered), count.mean !== null && t.mean(count.mean)].filter(Boolean).join(' · ')}
      </p>
      {count.is_hidden ? (
        <p class="warning">{t.hidden}</p>
      ) : question.kind === 'text' ? (
        count.texts.length > 0 && (
          <details>
            <summary>{t.texts(count.texts.length)}</summary>
            <ul class="texts">
              {count.texts.map((text, at) => (
                <li key={at} class="prose">
                  {text}
                </li>
              ))}
            </ul>
          </details>
        )
      ) : (
        <div class="counted">
          <table>
            <thead>
              <tr>
                <th scope="col">{t.label}</th>
                <th scope="col">{t.votes}</th>
                <th scope="col">{t.share}</th>
              </tr>
            </thead>
            <tbody>
              {count.labels.map((label, at) => (
                <tr key={label}>
                  <th scope="row">
                    {label}
                    <div class="amount" aria-hidden="true">
                      <i style={{ transform: `scaleX(${(count.counts[at] ?? 0) / most})` }} />
                    </div>
                  </th>
                  <td class="num">{numeral(count.counts[at] ?? 0)}</td>
                  <td class="num">{percent(count.counts[at] ?? 0, count.answered, language.value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {groups !== null && !count.is_hidden && <Groups count={count} groups={groups} />}
    </section>
  )
}

function Groups({ count, groups }: { count: QuestionCount; groups: QuestionGroups }) {
  const t = surveyText.value.results
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section class="wide" tabIndex={0} aria-label={t.by}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.label}</th>
            {groups.groups.map((group) => (
              <th scope="col" key={group.label}>
                {group.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t.size}</th>
            {groups.groups.map((group) => (
              <td class="num" key={group.label}>
                {group.size === null ? t.hidden : numeral(group.size)}
              </td>
            ))}
          </tr>
          {count.labels.map((label, at) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {groups.groups.map((group) => (
                <td class="num" key={group.label}>
                  {group.size === null ? '' : numeral(group.counts[at] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
