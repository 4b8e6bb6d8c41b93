/** Delegates of a meeting, and where they sit, from an Excel sheet. */
import { meeting as ask } from '../../protocol/office'
import { officeText } from '../../state/office/i18n'
import { useAnswer } from './asking'
import { Refusal } from './fields'
import { Roster } from './roster'

export function Seating({ id }: { id: string }) {
  const { answer, problem } = useAnswer(() => ask(id), [id])
  if (answer.value !== null) return <Roster meeting={answer.value} />
  if (problem.value !== null) return <Refusal problem={problem.value} />
  return <p class="loading">{officeText.value.loading}</p>
}
