/** Members of a body from an Excel sheet. */
import { body as ask } from '../../../protocol/bodies'
import { officeText } from '../../../state/office/i18n'
import { useAnswer } from '../asking'
import { Refusal } from '../fields'
import { Roster } from '../roster'

export function MembersRoster({ id }: { id: string }) {
  const { answer, problem } = useAnswer(() => ask(id), [id])
  if (answer.value !== null) return <Roster body={answer.value.body} />
  if (problem.value !== null) return <Refusal problem={problem.value} />
  return <p class="loading">{officeText.value.loading}</p>
}
