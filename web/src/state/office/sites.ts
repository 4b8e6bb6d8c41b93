/** Who belongs to which site by the unit they come from. */
import type { OfficeMeeting } from '../../gen/protocol'

/** For each site those of its unit who are placed nowhere yet. */
export function byUnit(meeting: Pick<OfficeMeeting, 'sites' | 'invited'>): [string, string[]][] {
  const same = (a: string, b: string) => a.trim().toLocaleLowerCase('vi') === b.trim().toLocaleLowerCase('vi')
  return meeting.sites
    .filter((site) => site.unit.trim() !== '')
    .map((site): [string, string[]] => [
      site.id,
      meeting.invited
        .filter((one) => one.site === null && one.role !== 'big_screen' && same(one.unit, site.unit))
        .map((one) => one.id),
    ])
    .filter(([, ids]) => ids.length > 0)
}
