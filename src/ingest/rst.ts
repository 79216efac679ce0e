import { cleanLine, paragraphs } from './clean.ts'
import { dateInPath } from './dates.ts'
import { fieldsFrom } from './fields.ts'
import { readingOf } from './make.ts'
import { publicationOf } from './publication.ts'
import type { Reader } from './reader.ts'
import { rstBlocks, rstHead } from './rst-blocks.ts'
import { plainRst } from './rst-text.ts'

/** Fields that say yes by being there. */
const FLAGS = new Set(['nosearch', 'draft', 'private', 'hidden'])

/**
 * reStructuredText, as Pelican, Nikola and Sphinx write it. The title is the head's, else the first heading; fields of the head are
 * those of a list below the title or of comments `.. title: …`. Directives that hold a text give it, others go.
 */
export const rstReader: Reader = {
  name: 'rst',
  extensions: ['.rst', '.rest'],
  onePerFile: true,
  *read({ path, text }) {
    const lines = text.split('\n')
    const { title, entries, rest } = rstHead(lines)
    const said = entries.map(
      ([name, value]) => [name, value === '' && FLAGS.has(name.toLowerCase()) ? true : value] as const,
    )
    const fields = fieldsFrom(entries)
    const blocks = rstBlocks(lines.slice(rest))
    if (title !== null) fields.title ??= cleanLine(plainRst(title))
    const first = blocks.findIndex(({ isHeading }) => isHeading)
    if (fields.title === undefined && first >= 0) fields.title = cleanLine(blocks.splice(first, 1)[0]?.text ?? '')
    fields.text = paragraphs(blocks.map((block) => block.text))
    const named = fields.date === undefined ? dateInPath(path.slice(path.lastIndexOf('/') + 1)) : null
    const publication = publicationOf(named === null ? said : [...said, ['date', named]], { place: 'head' })
    yield readingOf(fields, path, 1, publication)
  },
}
