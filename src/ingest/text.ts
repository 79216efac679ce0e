import { cleanText, paragraphs } from './clean.ts'
import { cityOf } from './dateline.ts'
import { detailFields, takeDetails } from './details.ts'
import { addMeta, fieldsFrom } from './fields.ts'
import { headOfFile, notesOn, readingsOfFault, withFrontMatter } from './file-head.ts'
import { joinLines } from './join-lines.ts'
import { looseHead } from './loose-head.ts'
import { readingOf } from './make.ts'
import { both, publicationOf } from './publication.ts'
import { recordPublication } from './publication-systems.ts'
import type { Reader } from './reader.ts'

/** Hard-wrapped text has no longer lines; a longer one is a paragraph. */
const WRAPPED_LENGTH_MAX = 120

/** A head as pages have it; what else begins so is a rule, or the text. */
const MARKED_HEAD = /^\s*(?:---|\+\+\+)[ \t]*(?:(?:json|ya?ml|toml)[ \t]*)?\n/i

/**
 * Plain text. The first line that is not empty is the title; where nothing follows it, it is the text as well. Blocks parted by empty lines are paragraphs, their lines
 * joined and divided words made whole; but where most of a file stands in long lines, every line is a paragraph, and so is a short heading between
 * them. A "Details" block at the end and a dateline at the start become `meta`; the text keeps the dateline. Front matter counts as in pages.
 */
export const textReader: Reader = {
  name: 'text',
  extensions: ['.txt', '.text'],
  onePerFile: true,
  *read({ path, text: given }) {
    const found = MARKED_HEAD.test(given) ? headOfFile(given) : null
    if (found?.fault && publicationOf(found.said, { place: 'head' }).state !== null)
      return yield* readingsOfFault(found.fault, found, { path, text: given })
    // texts have rules as well: what is no head, and keeps nothing back, is text
    const head = found?.fault ? null : found
    const lines = cleanText(head?.body ?? given).split('\n')
    const first = head?.fields.title === undefined ? lines.findIndex((line) => line.trim() !== '') : -1
    const rest = lines.slice(first + 1)
    const details = takeDetails(rest)

    const own = details === null ? fieldsFrom([]) : detailFields(details.entries)
    const fields = head === null ? own : withFrontMatter(head.fields, own)
    if (first >= 0) fields.title = lines[first] ?? ''
    // A file of one line is found as text too, not by its title alone
    fields.text = paragraphs(blocksOf(details?.before ?? rest)) || fields.title?.trim() || ''
    const city = cityOf(fields.text)
    if (city !== null && !Object.hasOwn(fields.meta, 'ort')) addMeta(fields.meta, 'ort', city)
    const publication = both(
      head === null ? recordPublication(looseHead(given)) : publicationOf(head.said, { place: 'head' }),
      recordPublication(details?.entries ?? []),
    )
    if (head !== null) yield* notesOn(head, publication)
    yield readingOf(fields, path, first < 0 ? 1 : first + 1, publication)
  },
}

function blocksOf(lines: readonly string[]): string[] {
  let long = 0
  let all = 0
  for (const line of lines) {
    all += line.length
    if (line.length > WRAPPED_LENGTH_MAX) long += line.length
  }
  if (long * 2 > all) return lines.map((line) => line.trim())

  const blocks: string[] = []
  let block: string[] = []
  for (const line of [...lines, '']) {
    const trimmed = line.trim()
    if (trimmed !== '') block.push(trimmed)
    else if (block.length > 0) {
      blocks.push(joinLines(block))
      block = []
    }
  }
  return blocks
}
