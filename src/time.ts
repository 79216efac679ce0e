/**
 * A date's moment in milliseconds since 1970, for ordering: a day stands for its first moment, a time without a zone is
 * taken as UTC, no date is before every date.
 */
export function timeOf(date: string | null): number {
  if (date === null) return Number.NEGATIVE_INFINITY
  const [day, clock] = date.split(/[T ]/, 2) as [string, string?]
  const zoned = clock === undefined || /Z$|[+-]\d{2}:?\d{2}$/.test(clock) ? clock : `${clock}Z`
  // a leap second is no time of JavaScript's
  const clean = zoned?.replace(/([+-]\d{2})(\d{2})$/, '$1:$2').replace(/^(\d{2}:\d{2}):60/, '$1:59')
  const time = Date.parse(clean === undefined ? day : `${day}T${clean}`)
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time
}
