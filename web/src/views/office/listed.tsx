/** A page of the office that lists what one reaches, the latest first, each with a way to it. */
import { ChevronRight, FilePlus2 } from 'lucide'
import type { ComponentChildren } from 'preact'
import type { Problem } from '../../gen/protocol'
import { officeText } from '../../state/office/i18n'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { Refusal } from './fields'
import { Link } from './place'

interface Props<T> {
  /** The address of the page; what is listed lies below it. */
  at: string
  words: { title: string; create: string; none: string }
  mayCreate: boolean
  /** Undefined while nothing has come. */
  lines: readonly T[] | undefined
  problem: Problem | null
  facts: (line: T) => readonly (string | false | null)[]
  pill: (line: T) => ComponentChildren
}

export function Listed<T extends { id: string; title: string; unit: string }>(props: Props<T>) {
  const { at, words, mayCreate, lines, problem, facts, pill } = props
  return (
    <>
      <div class="head">
        <Heading>{words.title}</Heading>
        {mayCreate && (
          <Link to={`${at}/moi`} class="button primary">
            <Icon of={FilePlus2} />
            {words.create}
          </Link>
        )}
      </div>
      <Refusal problem={problem} />
      {lines === undefined ? (
        problem === null && <p class="loading">{officeText.value.loading}</p>
      ) : lines.length === 0 ? (
        <p class="card soft">{words.none}</p>
      ) : (
        <ul class="lines">
          {lines.map((line) => (
            <li key={line.id}>
              <Link to={`${at}/${line.id}`}>
                <div class="grow">
                  <b>{line.title}</b>
                  <div class="small soft">{line.unit}</div>
                  <div class="small soft num">{facts(line).filter(Boolean).join(' · ')}</div>
                </div>
                {pill(line)}
                <Icon of={ChevronRight} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
