/** What of the papers this device keeps, and the button that has it keep them. */
import { CloudDownload } from 'lucide'
import type { Meeting } from '../../gen/protocol'
import { canKeep, forgetPapers, keeping, keepPapers, kept } from '../../protocol/kept'
import { keepable } from '../../state/kept'
import { useActs } from '../acts'
import { Icon } from '../parts/icon'
import { papersText } from './texts'

export function Keeping({ meeting }: { meeting: Meeting }) {
  const t = papersText.value
  const { store } = useActs()
  const me = store.me.value
  const papers = keepable(meeting)
  if (!canKeep() || papers.length === 0) return null
  const here = kept.value?.me === me ? papers.filter((one) => kept.value?.versions.includes(one.version)) : []
  const share = keeping.value
  return (
    <section class="col keeping">
      {typeof share === 'number' ? (
        <div role="status">
          <progress max={1} value={share} aria-label={t.keepingNow(Math.floor(share * 100))} />
          <span class="small num">{t.keepingNow(Math.floor(share * 100))}</span>
        </div>
      ) : (
        <>
          {here.length > 0 && (
            <p class="small row" role="status">
              <span class="grow">{t.keptAll(here.length)}</span>
              <button type="button" onClick={() => void forgetPapers()}>
                {t.forget}
              </button>
            </p>
          )}
          {here.length < papers.length && (
            <button type="button" onClick={() => void keepPapers(meeting, me)}>
              <Icon of={CloudDownload} />
              {here.length === 0 ? t.keep : t.keepMore}
            </button>
          )}
          {share === 'failed' ? (
            <p class="small" role="alert">
              {t.keepFailed}
            </p>
          ) : (
            here.length === 0 && <p class="small soft">{t.keepLead}</p>
          )}
        </>
      )}
    </section>
  )
}
