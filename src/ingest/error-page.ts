/** Pages that a server answers with where there is none: `404.html`, `404/index.html`, at the top of a site or of a language's folder. */
const PLACE = /^(?:[a-z]{2}\/)?(40\d|50[\dx])(?:\/index)?\.(?:x?html?|md|markdown)$/i
const WORDS =
  /(?<!\p{L})(?:error|fehler(?:seite|meldung)?|nicht (?:gefunden|erreichbar|verfügbar)|not (?:be )?found|forbidden|unavailable)(?!\p{L})/iu

/**
 * Whether a page is its server's answer to errors. Its place alone does not tell: § 404 of a law may be called so.
 * @param titles of the page and of its text; one that has none says nothing else either
 */
export function isErrorPage(path: string, titles: readonly string[]): boolean {
  const number = PLACE.exec(path)?.[1]
  if (number === undefined) return false
  const said = titles.map((title) => title.normalize('NFC').trim()).filter((title) => title !== '')
  return said.length === 0 || said.some((title) => title === number || WORDS.test(title))
}
