import { FundstelleError } from '../errors.ts'
import { type Fields, fieldsFrom } from './fields.ts'
import { type FrontMatter, splitFrontMatter } from './front-matter.ts'
import { lineHead, looseHead, startOfHead } from './loose-head.ts'
import { readingOf } from './make.ts'
import { plainKey } from './plain-key.ts'
import { type Publication, publicationOf } from './publication.ts'
import type { ReadResult, SourceText } from './reader.ts'

/** Lists that Jekyll lets one write as words with blanks between them. */
const WORD_LISTS = new Set(['tags', 'categories'])

/** What a head says of other files. */
const OF_OTHERS = new Set(['cascade'])

/** What stands at the beginning of a file and tells about it. */
export interface FileHead {
  readonly fields: Fields
  /** The file without it; all of the file where it cannot be read. */
  readonly body: string
  /** Everything that may say whether the article is public, also of a head that cannot be read. */
  readonly said: readonly (readonly [string, unknown])[]
  readonly warning: Extract<ReadResult, { kind: 'warning' }> | null
  /** Why the head cannot be read. */
  readonly fault: FundstelleError | null
}

/**
 * The head of a file: YAML, TOML or JSON as `splitFrontMatter` parts them, also below empty lines or a comment, and lines
 * `Title: …` as Pelican, MultiMarkdown and Nikola have them. Never throws.
 */
export function headOfFile(text: string): FileHead {
  let head: FrontMatter
  try {
    head = splitFrontMatter(text)
  } catch (error) {
    if (!(error instanceof FundstelleError)) throw error
    return { fields: fieldsFrom([]), body: text, said: looseHead(text), warning: null, fault: error }
  }
  if (head.entries.length === 0 && head.body === text && head.warning === undefined) head = lowerHead(text)
  const { entries, body, overridden = [], warning } = head
  // a head that was mended may say more than was understood
  const loose = entries.length === 0 || warning !== undefined ? looseHead(text) : []
  return {
    fields: headFields(entries),
    body,
    said: [...entries, ...overridden, ...loose],
    warning: warning === undefined ? null : { kind: 'warning', error: warning, line: lineOf(warning) },
    fault: null,
  }
}

/** What becomes of a file whose head cannot be read: it is refused, or left out where its lines take the article back. */
export function* readingsOfFault(
  fault: FundstelleError,
  { said }: Pick<FileHead, 'said'>,
  { path, text }: SourceText,
): Generator<ReadResult> {
  const line = lineOf(fault)
  const publication = publicationOf(said, { place: 'head' })
  if (publication.state === null) yield { kind: 'refusal', error: fault, line }
  else {
    yield leftOutNote({ kind: 'warning', error: fault, line })
    yield readingOf({ text }, path, 1, publication)
  }
}

/** The notes on a head: of one that was meant to keep the article back they say that it does. */
export function* notesOn({ warning }: Pick<FileHead, 'warning'>, { state }: Publication): Generator<ReadResult> {
  if (warning === null) return
  yield warning.error.code === 'front_matter_open' && state !== null ? leftOutNote(warning) : warning
}

function leftOutNote(note: NonNullable<FileHead['warning']>): ReadResult {
  const what = { de: note.error.detail('de'), en: note.error.detail('en') }
  return { ...note, error: new FundstelleError('front_matter_left_out', { what }, { cause: note.error }) }
}

/** The fields of a document that has a head of its own format below its front matter, which counts first. */
export function withFrontMatter(front: Fields, header: Fields): Fields {
  const tags = front.tags.length > 0 ? front.tags : header.tags
  return { ...header, ...front, meta: { ...header.meta, ...front.meta }, tags }
}

/** A head that is not at the very beginning, or of lines alone. */
function lowerHead(text: string): FrontMatter {
  const start = startOfHead(text)
  try {
    const { warning: _, ...head } = start > 0 ? splitFrontMatter(text.slice(start)) : { entries: [], body: text }
    if (head.entries.length > 0) return head
  } catch (error) {
    // told as what nobody meant as one: it is text
    if (!(error instanceof FundstelleError)) throw error
  }
  return lineHead(text) ?? { entries: [], body: text }
}

function headFields(entries: readonly (readonly [string, unknown])[]): Fields {
  return fieldsFrom(
    entries
      .filter(([key]) => !OF_OTHERS.has(plainKey(key)))
      .map(([key, value]) => [key, WORD_LISTS.has(plainKey(key)) ? wordList(value) : value]),
  )
}

function wordList(value: unknown): unknown {
  // commas part tags that have blanks of their own
  return typeof value === 'string' && !/[,;|]/.test(value) ? value.split(/\s+/) : value
}

function lineOf(error: FundstelleError): number {
  const line = error.params['line']
  return typeof line === 'number' ? line : 1
}
