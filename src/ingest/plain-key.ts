/** The columns of a table come again with every row. */
const plainKeys = new Map<string, string>()
const PLAIN_KEYS_MAX = 1000

/** A name as names are compared: lower case, ä as ae, without what parts its words. */
export function plainKey(key: string): string {
  const known = plainKeys.get(key)
  if (known !== undefined) return known
  const folded = key.normalize('NFC').toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue')
  const plain = folded.replaceAll('ß', 'ss').replace(/[-_\s.]+/g, '')
  if (plainKeys.size >= PLAIN_KEYS_MAX) plainKeys.clear()
  plainKeys.set(key, plain)
  return plain
}
