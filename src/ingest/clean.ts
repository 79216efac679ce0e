/** Text clean-up every article string goes through. All of it is linear in the length of its input. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f]/g

/** Composition takes quadratic time in a run of marks; no writing stacks more than a few on one letter. */
const MARKS_MAX = 64
const MARK_RUNS = new RegExp(`(\\p{M}{${MARKS_MAX}})\\p{M}+`, 'gu')

/**
 * NFC, no lone surrogates, line ends as `\n`, every control character but `\n` and `\t` a space.
 * Soft hyphens, non-breaking spaces, typographic quotes and dashes stay: the text stays the author's, and the tokenizer
 * copes with them. Of a run of combining marks the first 64 are kept. Idempotent; the same for NFC and NFD.
 */
export function cleanText(text: string): string {
  let clean = text.toWellFormed().replace(MARK_RUNS, '$1').normalize('NFC')
  if (!CONTROL.test(clean)) return clean
  if (clean.includes('\r')) clean = clean.replace(/\r\n?/g, '\n')
  return clean.replace(CONTROLS, ' ')
}

/** In pieces: a regular expression remembers each step of a repetition, and a run of millions is more than it can hold. */
const BLANKS = /[ \t\n\u2028\u2029]{1,4096}/g

/** `cleanText` on one line: white space collapsed and trimmed; for titles, authors and tags. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(BLANKS, ' ').replace(/ {2,}/g, ' ').trim()
}

/**
 * Joins paragraphs by one empty line. A paragraph keeps its lines but loses blanks at their ends and empty lines around
 * it; several empty lines inside become one. Empty paragraphs are left out.
 */
export function paragraphs(blocks: Iterable<string>): string {
  const lines: string[] = []
  for (const block of blocks) {
    lines.push('')
    // Line by line: a regular expression for trailing blanks is quadratic on long runs of blanks
    for (const line of block.split('\n')) lines.push(line.trimEnd())
  }
  const kept: string[] = []
  for (const line of lines) if (line !== '' || (kept.length > 0 && kept.at(-1) !== '')) kept.push(line)
  if (kept.at(-1) === '') kept.pop()
  return kept.join('\n')
}
