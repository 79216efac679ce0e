/**
 * From 2001 to 2029: further on they look like `2033051200`, which people write for a day and an hour.
 */
const SECONDS = /^1[0-8]\d{8}$/
const MILLISECONDS = /^1[0-8]\d{11}$/

/**
 * A moment in seconds or milliseconds since 1970, as databases of TYPO3, Contao and others keep it, as ISO 8601 in UTC.
 * @returns null for anything else
 */
export function epochDate(text: string): string | null {
  const moment = SECONDS.test(text) ? Number(text) * 1000 : MILLISECONDS.test(text) ? Number(text) : null
  return moment === null ? null : `${new Date(moment).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`
}
