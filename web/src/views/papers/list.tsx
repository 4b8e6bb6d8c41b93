/** The papers of the meeting by item of the agenda; to add, approve and recall for who prepares it. */
import { useSignal } from '@preact/signals'
import { Download, FileDiff, FilePlus2, FileText, Search } from 'lucide'
import type { Paper, PaperVersion } from '../../gen/protocol'
import { kept } from '../../protocol/kept'
import { PACK } from '../../protocol/papers'
import { text } from '../../state/i18n'
import { personOf } from '../../state/meeting'
import { comparable, readable, shelves } from '../../state/papers'
import { order, useActs } from '../acts'
import { Icon } from '../parts/icon'
import { Question } from '../parts/modal'
import { Changes } from './changes'
import { Keeping } from './keeping'
import { Found } from './search'
import { papersText } from './texts'
import { Uploading } from './upload'
import { ChangingReaders } from './whom'

interface Props {
  onRead: (version: string, page?: number, find?: string) => void
}

export function PaperList({ onRead }: Props) {
  const { store } = useActs()
  const t = papersText.value
  /** `new`, or the paper that gets another version. */
  const adding = useSignal<Paper | 'new' | null>(null)
  const query = useSignal('')
  const meeting = store.meeting.value
  if (meeting === null) return null
  const mayAdd = store.may.value.has('approve_version')
  const every = shelves(meeting, mayAdd)
  const isSearching = query.value.trim() !== ''
  return (
    <>
      {mayAdd && (
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => {
            adding.value = 'new'
          }}
        >
          <Icon of={FilePlus2} />
          {t.add}
        </button>
      )}
      {every.length > 0 && (
        <div class="find">
          <Icon of={Search} />
          <input
            type="search"
            aria-label={t.search}
            placeholder={t.search}
            maxLength={200}
            value={query.value}
            onInput={(event) => {
              query.value = event.currentTarget.value
            }}
          />
        </div>
      )}
      {isSearching && <Found query={query.value} meeting={meeting} onRead={onRead} />}
      {every.length === 0 && <p class="soft">{t.empty}</p>}
      {(isSearching ? [] : every).map(({ item, papers }) => (
        <section key={item?.id ?? ''}>
          <h2>
            {item ? t.ofItem(item.number, item.title) : t.ofMeeting}{' '}
            {item?.state === 'current' && <span class="pill gold">{t.nowDiscussed}</span>}
          </h2>
          <ul class="paper-list">
            {papers.map((paper) => (
              <Entry
                key={paper.id}
                paper={paper}
                onRead={onRead}
                onAdd={() => {
                  adding.value = paper
                }}
              />
            ))}
          </ul>
        </section>
      ))}
      {!isSearching && store.role.value !== 'big_screen' && <Keeping meeting={meeting} />}
      {!isSearching && meeting.documents.some((paper) => readable(paper) !== null) && (
        <a class="button" href={PACK} download>
          <Icon of={Download} />
          {t.pack}
        </a>
      )}
      {adding.value && (
        <Uploading
          of={adding.value === 'new' ? null : adding.value}
          onClose={() => {
            adding.value = null
          }}
        />
      )}
    </>
  )
}

function Entry({ paper, onRead, onAdd }: { paper: Paper; onRead: Props['onRead']; onAdd: () => void }) {
  const acts = useActs()
  const t = papersText.value
  const asks = useSignal(false)
  const compares = useSignal(false)
  const names = useSignal(false)
  const { may } = acts.store
  const newest = paper.versions.at(-1)
  const shown = readable(paper)
  const prepares = may.value.has('approve_version') && !paper.recalled
  const mayRecall = may.value.has('recall_document') && !paper.recalled
  const waits = newest?.state === 'ready' && newest.approved_at === null && !paper.recalled
  return (
    <li class={paper.recalled ? 'recalled' : undefined}>
      <button
        type="button"
        class="quiet paper"
        disabled={shown === null}
        onClick={() => shown && onRead(shown.id)}
      >
        <Icon of={FileText} />
        <span class="grow">
          <b>{paper.title}</b>
          <span class="small soft">{newest && <About paper={paper} version={newest} />}</span>
        </span>
      </button>
      {prepares && newest?.state === 'failed' && (
        <p class="small problem" role="alert">
          {t.failed[newest.problem ?? ''] ?? t.failedOtherwise}
        </p>
      )}
      {comparable(paper).length > 1 && (
        <div class="row">
          <button
            type="button"
            aria-label={t.changesOf(paper.title)}
            aria-haspopup="dialog"
            onClick={() => {
              compares.value = true
            }}
          >
            <Icon of={FileDiff} />
            {t.changes}
          </button>
        </div>
      )}
      {compares.value && (
        <Changes
          of={paper}
          onRead={(version, page) => {
            compares.value = false
            onRead(version, page)
          }}
          onClose={() => {
            compares.value = false
          }}
        />
      )}
      {(prepares || mayRecall) && (
        <div class="row wrap">
          {prepares && (
            <>
              {waits && newest && (
                <button
                  type="button"
                  class="primary"
                  onClick={() => void order(acts, { type: 'approve_version', version: newest.id })}
                >
                  {t.approve}
                </button>
              )}
              <button
                type="button"
                aria-label={t.newVersionOf(paper.title)}
                aria-haspopup="dialog"
                onClick={onAdd}
              >
                {t.newVersion}
              </button>
            </>
          )}
          {may.value.has('change_readers') && !paper.recalled && (
            <button
              type="button"
              aria-label={t.readersOf(paper.title)}
              aria-haspopup="dialog"
              onClick={() => {
                names.value = true
              }}
            >
              {t.changeReaders}
            </button>
          )}
          {mayRecall && (
            <button
              type="button"
              class="danger"
              aria-label={t.recallOf(paper.title)}
              aria-haspopup="dialog"
              onClick={() => {
                asks.value = true
              }}
            >
              {t.recall}
            </button>
          )}
        </div>
      )}
      {names.value && (
        <ChangingReaders
          of={paper}
          onClose={() => {
            names.value = false
          }}
        />
      )}
      {asks.value && (
        <Question
          title={t.recallTitle(paper.title)}
          lead={t.recallLead}
          yes={t.recall}
          no={text.value.cancel}
          onYes={() => {
            asks.value = false
            void order(acts, { type: 'recall_document', document: paper.id })
          }}
          onClose={() => {
            asks.value = false
          }}
        />
      )}
    </li>
  )
}

function About({ paper, version }: { paper: Paper; version: PaperVersion }) {
  const t = papersText.value
  const { store } = useActs()
  const prepares = store.may.value.has('approve_version')
  const standing = paper.recalled
    ? t.recalled
    : version.state === 'converting'
      ? t.converting
      : version.state === 'ready' && version.approved_at === null
        ? t.waits
        : null
  const named = ({ readers }: Paper) => {
    if (readers === null) return t.onlyForSome
    const people = readers.participants.map((id) => store.meeting.value && personOf(store.meeting.value, id))
    return t.onlyFor([...people.map((one) => one?.name), ...readers.units].filter(Boolean).join(', '))
  }
  const parts = [
    version.pages !== null && t.pages(version.pages),
    version.number > 1 && t.version(version.number),
    paper.confidential && t.confidential,
    paper.audience === 'named'
      ? named(paper)
      : prepares && paper.audience !== 'delegates' && t.audience[paper.audience],
    kept.value?.versions.includes(version.id) && t.isKept,
    standing,
  ]
  return <>{parts.filter(Boolean).join(' · ')}</>
}
