/** Personal links that were just made, shown once. */
import { useSignal } from '@preact/signals'
import { Copy } from 'lucide'
import type { IssuedLink, OfficeInvited } from '../../gen/protocol'
import { officeText } from '../../state/office/i18n'
import { Icon } from '../parts/icon'
import { Modal } from '../parts/modal'

interface Props {
  links: readonly IssuedLink[]
  people: readonly OfficeInvited[]
  onClose: () => void
}

export function Links({ links, people, onClose }: Props) {
  const t = officeText.value.links
  const isCopied = useSignal(false)
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? ''

  async function copy() {
    // One line each, in two columns: pasted into a sheet it is a table.
    await navigator.clipboard.writeText(
      links.map((one) => `${nameOf(one.participant)}\t${one.url}`).join('\n'),
    )
    isCopied.value = true
  }

  return (
    <Modal title={t.title} class="broad" onClose={onClose}>
      <p class="soft">{t.lead}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <ul class="rows scrolls" tabIndex={0} aria-label={t.title}>
        {links.map((one) => (
          <li key={one.participant}>
            <div class="grow">
              <b>{nameOf(one.participant)}</b>
              <code class="small">{one.url}</code>
            </div>
          </li>
        ))}
      </ul>
      <div class="actions">
        {/* Pages without HTTPS have no clipboard; the links can be marked by hand. */}
        {navigator.clipboard && (
          <button type="button" onClick={() => void copy()}>
            <Icon of={Copy} />
            <span role="status">{isCopied.value ? t.copied : t.copyAll}</span>
          </button>
        )}
        <button type="button" class="primary" onClick={onClose}>
          {t.done}
        </button>
      </div>
    </Modal>
  )
}
