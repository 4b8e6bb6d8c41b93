/** What is kept on a device and survives a reload: any value that JSON can say, under a name. */

/** The part of `Storage` that is used here; reaching for it may already be refused. */
export type Keeper = () => {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

export function kept<T>(keeper: Keeper, key: string, first: T): T {
  try {
    return (JSON.parse(keeper().getItem(key) ?? 'null') as T | null) ?? first
  } catch {
    // Storage is forbidden in some in-app browsers; a value of an older release may not parse.
    return first
  }
}

export function keep(keeper: Keeper, key: string, value: unknown): void {
  try {
    keeper().setItem(key, JSON.stringify(value))
  } catch {
    // Forbidden or full: the choice holds until the page closes.
  }
}
