/**
 * The ordered list of readers: which format a file is, and who reads it.
 *
 * To add a format:
 * 1. Write `src/ingest/<format>.ts` with one exported `Reader` (see reader.ts; jsonl.ts is the shortest model). Make
 *    articles through `readingOf` (make.ts), which cleans and checks them; sort names of fields with `fieldsFrom`
 *    (fields.ts), so that German and English both work; turn HTML into text with `htmlToText` (html-text.ts). What is
 *    wrong becomes a refusal with its line and a code of src/errors.ts; the rest of the file is still read.
 * 2. Put it into the list below. Where two readers share an ending the first that recognises the text gets the file; a
 *    reader without `recognises` takes every file of its endings, so it stands last.
 * 3. Add sample files to test/fixtures/ingest/ with what they must become in cases.json there. The properties all
 *    readers share (never throws, only sound articles, same for NFC and NFD) run over the list by themselves.
 */
import { asciidocReader } from './asciidoc.ts'
import { csvReader } from './csv.ts'
import { dokuwikiReader } from './dokuwiki.ts'
import { embeddedFeedReader, feedReader } from './feed.ts'
import { htmlReader } from './html.ts'
import { jsonRecordsReader } from './json-records.ts'
import { jsonlReader } from './jsonl.ts'
import { markdownReader } from './markdown.ts'
import { pageSourceReader } from './page-source.ts'
import type { Reader } from './reader.ts'
import { rstReader } from './rst.ts'
import { textReader } from './text.ts'
import { wxrReader } from './wxr.ts'

export const readers: readonly Reader[] = [
  dokuwikiReader,
  textReader,
  markdownReader,
  rstReader,
  asciidocReader,
  pageSourceReader,
  htmlReader,
  jsonlReader,
  csvReader,
  feedReader,
  wxrReader,
  embeddedFeedReader,
  jsonRecordsReader,
]

/** The readers of a path's ending, in order; empty where the ending is unknown. */
export function readersOfEnding(path: string): readonly Reader[] {
  const ending = /[^/](\.[^./]+)$/.exec(path)?.[1]?.toLowerCase()
  return ending === undefined ? [] : readers.filter(({ extensions }) => extensions.includes(ending))
}

/** The reader for a file, or null where no reader knows it. */
export function readerFor(path: string, text: string): Reader | null {
  return readersOfEnding(path).find((reader) => reader.recognises?.(text) ?? true) ?? null
}
