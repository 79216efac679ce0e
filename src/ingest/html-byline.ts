import type { Element } from 'domhandler'
import { isoDate } from './dates.ts'
import { attribute } from './dom.ts'
import type { Page } from './html-measure.ts'

/** Where a page tells when and by whom it was written: at the beginning of its content, else at the end. */
const BEGINNING_LENGTH = 1500
const END_LENGTH = 600
/** Pages are not older; what looks like a date before is one of history. */
const YEAR_MIN = 1990

const DATE =
  /(?<![\d.,/-])(?:\d{1,2}\. ?(?:\d{1,2}\. ?|[A-Za-zäÄ]{3,9}\.? )\d{4}|\d{4}-\d{2}-\d{2}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-zä]{2,8}\.? \d{4}|\d{1,2}\/\d{1,2}\/\d{4})(?![\d-])/g

/** A date as a page shows it, before its text or behind it; null where there is none. */
export function visibleDate(texts: readonly string[]): string | null {
  return firstDate(beginning(texts)) ?? firstDate(end(texts))
}

function firstDate(texts: readonly string[]): string | null {
  for (const text of texts)
    for (const [found] of text.slice(0, BEGINNING_LENGTH).normalize('NFC').matchAll(DATE)) {
      const date = isoDate(found)
      if (date !== null && Number(date.slice(0, 4)) >= YEAR_MIN) return date
    }
  return null
}

const BY =
  /^(?:(?:ein (?:beitrag|artikel|gastbeitrag)|veröffentlicht|geschrieben|verfasst|erstellt|posted|written|published|gepostet) )?(?:von|by|par|por|autor(?:in)?|author|text|verfasser(?:in)?|redakteur(?:in)?)(?: ?:| )\s*/i
const NAME_WORD = /^\p{Lu}[\p{L}'’.-]*$/u
const NAME_LINK = /^(?:von|van|de|der|den|zu|del|la|di|da|el|al|bin)$/
const NAME_WORDS_MAX = 6
const NAME_LENGTH_MAX = 60
/** A line that tells of date and author is no longer. */
const LINE_LENGTH_MAX = 120

/** The name of a person in a byline, `Von Ines Beispiel`; null where it is none. */
export function nameInByline(text: string, isMarked: boolean): string | null {
  const line = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (line.length > NAME_LENGTH_MAX + 30) return null
  const by = BY.exec(line)?.[0] ?? ''
  if (by === '' && !isMarked) return null
  const [name = ''] = line.slice(by.length).split(/ ?[,|•·(–/]| - | am | in | um | und | on /, 1)
  return name.length <= NAME_LENGTH_MAX && isName(name.trim()) ? name.trim() : null
}

/** Two words at least, the first and the last in capitals; titles such as `Dr.` are left with it. */
function isName(name: string): boolean {
  const words = name.replace(/^(?:dr|prof)\. /i, '').split(' ')
  const ends = [words[0], words.at(-1)]
  if (words.length < 2 || words.length > NAME_WORDS_MAX) return false
  return (
    words.every((word) => NAME_WORD.test(word) || NAME_LINK.test(word)) &&
    ends.every((word) => NAME_WORD.test(word ?? ''))
  )
}

/** Who wrote it, by a line that says so; `Von` may stand in an element of its own. */
export function visibleAuthor(texts: readonly string[]): string | null {
  const shown = beginning(texts)
  for (const [at, text] of shown.entries()) {
    const isLabel = /^(?:von|by|autor(?:in)?|author|text)\s?:?$/i.test(text)
    const lines = isLabel ? [shown[at + 1] ?? ''] : text.length > LINE_LENGTH_MAX ? [] : text.split(/[,|•·]/)
    for (const line of lines) {
      const name = nameInByline(line, isLabel)
      if (name !== null) return name
    }
  }
  return null
}

/** What is marked as the name of who wrote it, by class, `itemprop` or `rel`; null where nothing is. */
export function markedAuthor({ measures, texts }: Page): string | null {
  let found: { name: string; first: number } | null = null
  for (const [element, { length, first, from, to }] of measures) {
    if (length === 0 || length > MARKED_LENGTH_MAX || !('attribs' in element) || !isAuthorMark(element)) continue
    if (found !== null && found.first < first) continue
    const name = nameInByline(texts.slice(from, to).join(' '), true)
    if (name !== null) found = { name, first }
  }
  return found?.name ?? null
}

const MARKED_LENGTH_MAX = 90
const MARK =
  /(?<![a-z])(?:author|autor|byline|verfasser|redakteur)(?![a-z])|(?<![a-z])(?:author|autor)-?_?name|vcard|(?<![a-z])fn(?![a-z])/

function isAuthorMark(element: Element): boolean {
  return MARK.test(`${attribute(element, 'class')} ${attribute(element, 'itemprop')} ${attribute(element, 'rel')}`)
}

function beginning(texts: readonly string[]): readonly string[] {
  let length = 0
  const last = texts.findIndex((text) => {
    length += text.length
    return length > BEGINNING_LENGTH
  })
  return last < 0 ? texts : texts.slice(0, last + 1)
}

function end(texts: readonly string[]): readonly string[] {
  let length = 0
  let at = texts.length
  while (at > 0 && length <= END_LENGTH) {
    at -= 1
    length += texts[at]?.length ?? 0
  }
  return texts.slice(at)
}
