/** Where reminders go: what is no address is said before the form is sent. */

// As in the service's `clean_email`.
const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\]+$/

/** The units whose address no mail can go to; to none at all is fine. */
export function misaddressedOf(chosen: ReadonlyMap<string, string>): ReadonlySet<string> {
  const wrong = [...chosen].filter(([, email]) => email.trim() !== '' && !ADDRESS.test(email.trim()))
  return new Set(wrong.map(([unit]) => unit))
}
