/** One field to sort hits by; articles without it come last either way. */
export interface SortKey {
  readonly field: string
  readonly descending: boolean
}

const KEY = /^(.+?)(?::(asc|desc))?$/i

/** Reads `date:desc`; ascending where nothing is said. Null where the direction is none, or the field is missing. */
export function parseSortKey(text: string): SortKey | null {
  const [, field = '', direction = 'asc'] = KEY.exec(text.trim()) ?? []
  // what stands behind the last colon was meant to be a direction
  if (field === '' || field.includes(':')) return null
  return { field, descending: direction.toLowerCase() === 'desc' }
}
