import { FundstelleError } from '../errors.ts'
import { cleanLine, paragraphs } from './clean.ts'
import { dateInPath } from './dates.ts'
import { isErrorPage } from './error-page.ts'
import { type FrontMatter, splitFrontMatter } from './front-matter.ts'
import { headFields, headWarning } from './head-fields.ts'
import { looseHead } from './loose-head.ts'
import { readingOf } from './make.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import { PUBLIC, publicationOf } from './publication.ts'
import type { Reader } from './reader.ts'

/**
 * Markdown (CommonMark) with an optional head in YAML or TOML. The title is the head's, else the first heading; a heading that
 * became the title, or a first heading of level 1 that says the same, is not repeated in the text.
 */
export const markdownReader: Reader = {
  name: 'markdown',
  extensions: ['.md', '.markdown'],
  onePerFile: true,
  *read({ path, text }) {
    let source: FrontMatter
    try {
      source = splitFrontMatter(text)
    } catch (error) {
      if (!(error instanceof FundstelleError)) throw error
      const line = Number(error.params['line'])
      const publication = publicationOf(looseHead(text), { place: 'head' })
      // a mistake in a head that takes an article back must not leave it public
      if (publication.state === null) yield { kind: 'refusal', error, line }
      else {
        yield { kind: 'warning', error, line }
        yield readingOf({ text }, path, 1, publication)
      }
      return
    }
    if (source.warning !== undefined) yield headWarning(source.warning)
    const fields = headFields(source.entries)
    const blocks = markdownBlocks(source.body)
    const first = blocks.findIndex(({ heading, text }) => heading !== null && text.trim() !== '')
    const heading = blocks[first]
    if (heading !== undefined) {
      const words = cleanLine(heading.text)
      if (fields.title === undefined || (heading.heading === 1 && cleanLine(fields.title) === words)) {
        fields.title = words
        blocks.splice(first, 1)
      }
    }
    const body = paragraphs(blocks.map((block) => block.text))
    // A head with a text of its own, such as `content: …`, does not hide the body
    fields.text = paragraphs([fields.text ?? '', body])
    const said = [
      ...source.entries,
      ...(source.overridden ?? []),
      // a head that was mended may say more than was understood
      ...(source.entries.length === 0 || source.warning !== undefined ? looseHead(text) : []),
    ]
    // a post of Jekyll's has its date in its name; folders may be those of events
    const named = fields.date === undefined ? dateInPath(path.slice(path.lastIndexOf('/') + 1)) : null
    const publication = publicationOf(named === null ? said : [...said, ['date', named]], { place: 'head' })
    const isError = isErrorPage(path, [fields.title ?? '', heading?.text ?? ''])
    yield readingOf(fields, path, 1, isError ? { ...PUBLIC, state: 'errorPage' } : publication)
  },
}
