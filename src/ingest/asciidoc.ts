import { asciidocToHtml } from './asciidoc-thread.ts'
import { cleanLine, paragraphs } from './clean.ts'
import { dateInPath } from './dates.ts'
import { plainField } from './field-markup.ts'
import { fieldsFrom } from './fields.ts'
import { headOfFile } from './file-head.ts'
import { htmlToText } from './html-text.ts'
import { readingOf } from './make.ts'
import { publicationOf } from './publication.ts'
import type { Reader } from './reader.ts'

const ATTRIBUTE = /^:(!?)([\w-]{1,60})(!?):(?:[ \t](.*))?$/
const TITLE = /^[=#][ \t](.*)$/
/** Below the title: its authors, then version and date. */
const AUTHOR = /^\p{L}[\p{L}\p{M}._'’ -]*$/u
const REVISION =
  /^(?:v?[\w.-]{1,20},[ \t]*)?(\d{4}-\d{2}-\d{2}|\d{1,2}\.[ \t]*(?:\d{1,2}\.|\p{L}{3,9})[ \t]*\d{4})(?:[:,].{0,500})?$/u
/** Antora, JBake and other generators put their names before their fields. */
const PREFIX = /^(?:page|jbake|awestruct|hugo)-/
/** What the library makes of an inclusion it must not do. */
const INCLUSION = /<a href="[^"<>]*" class="bare include">[^<]*<\/a>/g
const AUTHOR_LENGTH_MAX = 80
const HEAD_LINES_MAX = 200

/**
 * AsciiDoc, converted by its own library (asciidoc-thread.ts): nothing is included. Title, authors, date and attributes are the
 * header's; front matter, as Jekyll and Hugo have it, counts first.
 */
export const asciidocReader: Reader = {
  name: 'asciidoc',
  extensions: ['.adoc', '.asciidoc', '.asc'],
  onePerFile: true,
  *read({ path, text }) {
    const { fields: front, body, said, warning, fault } = headOfFile(text)
    if (warning !== null) yield warning
    if (fault !== null) {
      const publication = publicationOf(said, { place: 'head' })
      if (publication.state === null) yield { kind: 'refusal', error: fault, line: Number(fault.params['line']) }
      else yield readingOf({ text }, path, 1, publication)
      return
    }
    const { title, entries } = headerOf(body)
    const header = fieldsFrom(entries)
    const fields = { ...header, ...front, meta: { ...header.meta, ...front.meta } }
    fields.tags = front.tags.length > 0 ? front.tags : header.tags
    const words = title === null ? undefined : cleanLine(htmlToText(plainField(title.replace(/[*_`#]/g, ''))))
    const heading = front.title ?? words ?? header.title
    if (heading !== undefined) fields.title = heading
    fields.text = paragraphs([htmlToText(asciidocToHtml(body).replace(INCLUSION, ''))])
    const all = [...said, ...entries]
    const named = fields.date === undefined ? dateInPath(path.slice(path.lastIndexOf('/') + 1)) : null
    yield readingOf(fields, path, 1, publicationOf(named === null ? all : [...all, ['date', named]], { place: 'head' }))
  },
}

/** What the header of a document says; `:draft:` alone is a yes, `:!draft:` says nothing. */
function headerOf(body: string): {
  readonly title: string | null
  readonly entries: readonly (readonly [string, unknown])[]
} {
  const entries: [string, unknown][] = []
  let title: string | null = null
  let place = 0
  for (const line of body.split('\n', HEAD_LINES_MAX)) {
    const attribute = ATTRIBUTE.exec(line)
    if (attribute !== null) {
      const [, before = '', name = '', after = '', value = ''] = attribute
      const key = name.replace(PREFIX, '')
      if (before === '' && after === '') entries.push([key === 'revdate' ? 'date' : key, value.trim() || true])
    } else if (line.startsWith('//')) continue
    else if (line.trim() === '') {
      if (title !== null) break
    } else if (title === null && TITLE.test(line)) title = (TITLE.exec(line)?.[1] ?? '').trim()
    else if (title === null) break
    else {
      place += 1
      const date = REVISION.exec(line)?.[1]
      if (date !== undefined) entries.push(['date', date])
      else if (place === 1) {
        const names = line
          .replace(/<[^<>]*>/g, '')
          .split(';')
          .map((name) => name.trim())
        if (names.every((name) => name.length <= AUTHOR_LENGTH_MAX && AUTHOR.test(name)))
          entries.push(['author', names.join(', ')])
      }
    }
  }
  return {
    title,
    entries: entries.filter(
      ([key, value]) => value !== true || !/^(?:title|author|date|keywords|description)$/.test(key),
    ),
  }
}
