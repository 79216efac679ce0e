import type { Article } from '../article/article.ts'
import { NO_STRUCTURE } from '../article/structure.ts'
import { cleanLine } from './clean.ts'
import { dateInPath } from './dates.ts'
import { headOfFile, notesOn, readingsOfFault } from './file-head.ts'
import { withoutTemplateMarks } from './generator-marks.ts'
import { htmlReader } from './html.ts'
import { beginsWithHead } from './loose-head.ts'
import { readingOf } from './make.ts'
import { both, publicationOf } from './publication.ts'
import type { Reader, ReadResult } from './reader.ts'

const HEAD_LENGTH = 4000
const TITLE_LENGTH = 200
/** A template's tag. */
const TAG = /\{[{%]/

/** Whether a page is itself a pattern for others: it begins with a template's tag, or its title or root element holds one. */
function isLayout(text: string): boolean {
  const head = text.slice(0, HEAD_LENGTH)
  if (/^\s*\{[{%]/.test(head)) return true
  return ['<title>', '<html'].some((tag) => {
    const at = head.toLowerCase().indexOf(tag)
    return (
      at >= 0 && TAG.test(head.slice(at + tag.length, at + TITLE_LENGTH).split(tag === '<html' ? '>' : '<', 1)[0] ?? '')
    )
  })
}

/**
 * Sources of pages in HTML, from which a site generator makes others: with front matter, which says what a page's head otherwise does,
 * and with marks of templates, which are no text. Layouts without front matter are no articles.
 */
export const pageSourceReader: Reader = {
  name: 'page source',
  extensions: htmlReader.extensions,
  onePerFile: true,
  markup: true,
  recognises: (text) => beginsWithHead(text) || isLayout(text),
  *read({ path, text }) {
    const head = headOfFile(text)
    const { fields, body, said, fault } = head
    if (fault !== null) return yield* readingsOfFault(fault, head, { path, text })
    const named = fields.date === undefined ? dateInPath(path.slice(path.lastIndexOf('/') + 1)) : null
    const publication = publicationOf(named === null ? said : [...said, ['date', named]], { place: 'head' })
    yield* notesOn(head, publication)
    if (said.length === 0 && isLayout(text)) {
      yield { kind: 'unpublished', state: 'part', otherwise: null }
      return
    }
    const withTitle = (article: Partial<Article>): unknown => ({
      ...fields,
      ...article,
      title: cleanLine(fields.title ?? article.title ?? ''),
      text: article.text || (fields.text ?? ''),
      url: fields.url ?? article.url ?? null,
      date: fields.date ?? article.date ?? null,
      author: fields.author ?? article.author ?? null,
      tags: fields.tags.length > 0 ? fields.tags : (article.tags ?? []),
      language: fields.language ?? article.language ?? null,
      meta: { ...article.meta, ...fields.meta },
      id: fields.id ?? path,
    })
    for (const reading of htmlReader.read({ path, text: withoutTemplateMarks(body) }))
      yield joined(reading, path, publication, withTitle)
  },
}

function joined(
  reading: ReadResult,
  path: string,
  head: ReturnType<typeof publicationOf>,
  withTitle: (article: Partial<Article>) => unknown,
): ReadResult {
  if (reading.kind === 'warning') return reading
  const found = reading.kind === 'unpublished' ? reading.otherwise : reading
  const from = (found?.kind === 'article' ? found.from : undefined) ?? null
  const until = (found?.kind === 'article' ? found.until : undefined) ?? null
  const state = reading.kind === 'unpublished' ? reading.state : null
  // a page of its head alone is refused by what is made of it
  const { structure = NO_STRUCTURE, ...article }: Partial<Article> = found?.kind === 'article' ? found.article : {}
  const body = { text: article.text ?? '', structure }
  return readingOf(withTitle(article), path, 1, both({ state, from, until }, head), body)
}
