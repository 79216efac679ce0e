import type { ParentNode } from 'domhandler'
import { dateInPath } from './dates.ts'
import { parseHtml } from './dom.ts'
import { fieldsFrom } from './fields.ts'
import { markedAuthor, visibleAuthor, visibleDate } from './html-byline.ts'
import { contentsOf } from './html-main.ts'
import { measured, type Page } from './html-measure.ts'
import { pageMeta } from './html-meta.ts'
import { pagePublication } from './html-publication.ts'
import { textOfMarked, textOfPage } from './html-reading.ts'
import { boundRegion } from './html-region.ts'
import { readingOf } from './make.ts'
import { addMarks, takePagefindMarks } from './pagefind.ts'
import { both, PUBLIC } from './publication.ts'
import type { Reader } from './reader.ts'

/**
 * HTML pages: the main content as plain text, without navigation, banners and the like. The title is the first h1 that the
 * head agrees with, which is then not repeated in the text, else what the head says.
 */
export const htmlReader: Reader = {
  name: 'html',
  extensions: ['.html', '.htm', '.xhtml'],
  onePerFile: true,
  markup: true,
  *read({ path, text }) {
    const isXhtml = path.toLowerCase().endsWith('.xhtml') || /^\s*<\?xml\s/.test(text)
    const document = parseHtml(text, { recognizeSelfClosing: isXhtml, recognizeCDATA: isXhtml })
    const isAllOff = boundRegion(document)
    const marks = takePagefindMarks(document)
    const page = measured(document)
    const contents = contentsOf(page, document)
    const [{ main: root }] = contents
    const { titles, description, tags, modified, ...said } = pageMeta(document, (element) => element === root)
    const { title, headline, body } =
      marks.bodies.length > 0 ? textOfMarked(marks, page, titles) : textOfPage(contents, page, titles)
    const shown = shownTexts(root, page)
    const date = said.date ?? dateInPath(said.url ?? '') ?? visibleDate(shown) ?? modified
    const author = said.author ?? markedAuthor(page) ?? visibleAuthor(shown)
    const fields = fieldsFrom(Object.entries({ ...said, date, author, tags }))
    addMarks(fields, marks)
    fields.title = marks.meta.get('title') ?? title
    fields.text = body.text
    if (description !== undefined) fields.meta['description'] = description
    const names = [headline, titles.shared || titles.window]
    const ofPage = pagePublication(document, { path, text, titles: names })
    const publication = isAllOff || marks.isAllIgnored ? both(ofPage, { ...PUBLIC, state: 'noindex' }) : ofPage
    yield readingOf(fields, path, 1, publication, body)
  },
}

/** The texts of the content, its boxes around it included, from the first heading on. */
function shownTexts(root: ParentNode, { measures, texts, headings }: Page): readonly string[] {
  const { from, to } = measures.get(root) ?? { from: 0, to: texts.length }
  const [heading] = headings
  const start = heading === undefined ? from : (measures.get(heading)?.from ?? from)
  return texts.slice(Math.min(from, start), to)
}
