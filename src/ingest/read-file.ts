// The room `ingest`: the bytes of a file to articles, one reader a format (readers.ts), and whether they are public. It imports `src` and
// `article`, and alone knows the parsers; it knows neither the store nor a clock, so a reading is a function of the file.

import type { Article } from '../article/article.ts'
import { FundstelleError } from '../errors.ts'
import { type ByteSource, bytesSource } from './byte-source.ts'
import { dateInPath } from './dates.ts'
import { type Decoded, decode } from './decode.ts'
import { foreignFormat, isDocumentEnding, isHtmlPage, noDocument } from './document-format.ts'
import { notSaid, withFallback } from './fallback-values.ts'
import { titleOfPath } from './file-name.ts'
import { htmlReader } from './html.ts'
import { ownCascade } from './hugo-cascade.ts'
import { type LineLimits, linesOf } from './lines.ts'
import { anyHead } from './loose-head.ts'
import { withPublication } from './make.ts'
import { isInDrafts } from './places.ts'
import { both, PUBLIC, type Publication, publicationOf } from './publication.ts'
import type { Reader, ReadResult, RefusalReading, SourceText } from './reader.ts'
import { readerFor, readersOfEnding } from './readers.ts'
import { refusalOf } from './refusal.ts'
import type { Pairs } from './site-rule.ts'
import { type Strays, strayNote } from './strays.ts'
import { tooLarge } from './too-large.ts'

/** What became of a file. `readings` can be gone through once; the articles are made as it goes. */
export type FileReading =
  /** With a warning where the ending let one expect articles. */
  | { readonly kind: 'skipped'; readonly warning: FundstelleError | null }
  | { readonly kind: 'read'; readonly readings: Iterable<ReadResult> }

/** Whether some reader takes files of this ending; others need not be opened. */
export function isKnownEnding(path: string): boolean {
  return readersOfEnding(path).length > 0 || isDocumentEnding(path)
}

/** Whether files of this ending are read in pieces, by `readLines`. */
export function isReadByLines(path: string): boolean {
  return readersOfEnding(path).some(({ onePerLine }) => onePerLine)
}

/**
 * Makes articles of a file each line of which is one, without ever holding more of it than a piece or a line. Never throws: what is wrong with the
 * file is a refusal; one without a line where the rest of it was not read.
 * @param path see `readFile`
 * @param siteValues see `readFile`
 * @returns with null wherever some of the file was looked at
 */
export function* readLines(
  source: ByteSource,
  path: string,
  absolutePath: string,
  limits: LineLimits,
  siteValues: Pairs = [],
): Generator<ReadResult | null> {
  const reader = readersOfEnding(path).find(({ onePerLine }) => onePerLine) as Reader
  const place = placePublication(absolutePath, siteValues)
  try {
    for (const line of linesOf(source, limits)) {
      if (line === null) yield null
      else if ('strays' in line) yield { kind: 'warning', error: strayNote(line.strays), line: line.line }
      else if (line.text === null) yield tooLong(line.bytes, limits.lineBytesMax, line.line)
      else yield* readings(reader, { path, text: line.text, line: line.line }, place)
    }
  } catch (error) {
    yield refusalOf(error)
  }
}

function tooLong(bytes: number, bytesMax: number, line: number): RefusalReading {
  return { kind: 'refusal', error: tooLarge('line_too_large', bytes, bytesMax), line }
}

/**
 * Makes articles of a file that is text; for documents see `documentFormatOf`. A page of HTML that is called a document is a page: names say less than contents. Never
 * throws: what is wrong with the file is a refusal among the readings.
 * @param path relative to the PATH the user gave, parted by `/`; the id of articles that have none
 * @param absolutePath where the file lies, which tells drafts
 * @param siteValues what its site's generator says of it: for where its own head says nothing else, or of all articles of a file of many
 */
export function readFile(bytes: Uint8Array, path: string, absolutePath = path, siteValues: Pairs = []): FileReading {
  if (!isKnownEnding(path)) return { kind: 'skipped', warning: null }
  if (isReadByLines(path)) {
    const limits = { lineBytesMax: Number.POSITIVE_INFINITY }
    return {
      kind: 'read',
      readings: readingsAlone(readLines(bytesSource(bytes), path, absolutePath, limits, siteValues)),
    }
  }
  const foreign = foreignFormat(bytes)
  if (foreign !== null) return { kind: 'read', readings: [refusalOf(foreign)] }
  const isDocument = isDocumentEnding(path)
  let decoded: Decoded
  try {
    decoded = decode(bytes, isDocument || readersOfEnding(path).some(({ markup }) => markup))
  } catch (error) {
    return { kind: 'read', readings: [refusalOf(isDocument ? noDocument(path) : error)] }
  }
  // so that readers meet no letter whose parts markup comes between
  const text = decoded.text.normalize('NFC')
  const { strays } = decoded
  if (isDocument && !isHtmlPage(text)) return { kind: 'read', readings: [refusalOf(noDocument(path))] }
  let reader: Reader | null
  try {
    reader = isDocument ? htmlReader : readerFor(path, text)
  } catch (error) {
    return { kind: 'read', readings: [refusalOf(error)] }
  }
  if (reader === null) return { kind: 'skipped', warning: notRecognised(path) }
  const place = placePublication(
    absolutePath,
    reader.onePerFile ? notSaidIn(text, absolutePath, siteValues) : siteValues,
  )
  return { kind: 'read', readings: noted(readings(reader, { path, text }, place), strays) }
}

function* noted(given: Iterable<ReadResult>, strays: Strays | null): Generator<ReadResult> {
  if (strays !== null) yield { kind: 'warning', error: strayNote(strays), line: strays.line }
  yield* given
}

/**
 * What a document gave, with what its place tells.
 * @param absolutePath where the file lies, which tells drafts
 * @param siteValues what its site's generator says of it
 */
export function* placedReadings(
  given: Iterable<ReadResult>,
  absolutePath: string,
  siteValues: Pairs = [],
): Generator<ReadResult> {
  const place = placePublication(absolutePath, siteValues)
  for (const reading of given) yield withPublication(reading, place)
}

/** What the place of a file says about its publication, in a folder of drafts or by the generator of its site. */
export function placePublication(absolutePath: string, siteValues: Pairs = []): Publication {
  const ofSite = siteValues.length === 0 ? PUBLIC : publicationOf(siteValues, { place: 'head' })
  return isInDrafts(absolutePath) ? both(ofSite, { ...PUBLIC, state: 'draft' }) : ofSite
}

/** An attribute of AsciiDoc for its generator, `:page-published: true`. */
const ATTRIBUTE = /^:page-([\w-]{1,100}):/gm
const ATTRIBUTES_LENGTH = 20_000
/** What a page of Hugo gives to itself. */
const OWN_CASCADE = /cascade/i

/** The values that the head of a file does not have of its own. */
function notSaidIn(text: string, absolutePath: string, values: Pairs): Pairs {
  const isGiver = OWN_CASCADE.test(text.slice(0, ATTRIBUTES_LENGTH))
  if (values.length === 0 && !isGiver) return values
  const attributes = [...text.slice(0, ATTRIBUTES_LENGTH).matchAll(ATTRIBUTE)].map(([, name = '']) => name)
  const head = anyHead(text)
  const given = isGiver ? withFallback(ownCascade(absolutePath, head), values) : values
  return notSaid([...head.map(([name]) => name), ...attributes], given)
}

function* readingsAlone(steps: Iterable<ReadResult | null>): Generator<ReadResult> {
  for (const reading of steps) if (reading !== null) yield reading
}

function notRecognised(path: string): FundstelleError {
  const expected = path.toLowerCase().endsWith('.json')
    ? {
        de: 'ein JSON Feed, eine Liste von Artikeln mit Titel und Text, oder eine Datei .jsonl mit einem Artikel auf jeder Zeile',
        en: 'a JSON Feed, a list of articles with title and text, or a file .jsonl with one article on each line',
      }
    : { de: 'ein Feed (RSS oder Atom)', en: 'a feed (RSS or Atom)' }
  return new FundstelleError('file_not_recognised', { expected })
}

function* readings(reader: Reader, source: SourceText, place: Publication): Generator<ReadResult> {
  const path = source.path.normalize('NFC').toWellFormed()
  const named = <Kind extends ReadResult>(reading: Kind): Kind =>
    reading.kind === 'article' && reader.onePerFile
      ? { ...reading, article: namedByPath(reading.article, path) }
      : reading
  try {
    for (const reading of reader.read({ ...source, path })) {
      if (reading.kind === 'unpublished')
        yield { ...reading, otherwise: reading.otherwise === null ? null : named(reading.otherwise) }
      else yield withPublication(named(reading), place)
    }
  } catch (error) {
    // A library at its limits, such as Markdown nested a hundred thousand deep: this file is refused, the next is read
    yield refusalOf(error)
  }
}

/** With the date and the title that the file's path tells, where it has none of its own. */
function namedByPath(article: Article, path: string): Article {
  const date = article.date ?? dateInPath(path)
  const title = article.title === '' ? titleOfPath(path) : article.title
  return date === article.date && title === article.title ? article : { ...article, date, title }
}
