import { describe, expect, it } from 'vitest'
import { withoutMarks, withoutTemplateMarks } from '../../src/ingest/generator-marks.ts'
import { markdownReader } from '../../src/ingest/markdown.ts'
import { NextEnds } from '../../src/ingest/next-ends.ts'
import { readFile } from '../../src/ingest/read-file.ts'

/** Anew for each of them, a search to the end or back to the start of the line would be some 10¹¹ steps. */
const MANY = 300_000

describe('marks inside of lines take linear time', () => {
  it.each<[string, string, string]>([
    ['elements in one line', '<p>x</p>', ''],
    ['fences that begin no line', 'x~~~', ''],
    ['outputs whose end is far away', '{{ a\n', '}}'],
    ['tags whose end is far away', '{% a\n', '%}'],
    ['shortcodes whose end is far away', '{{< a\n', '>}}'],
    ['remarks of kramdown with the other end far away', '{::comment}{:/}', '{:/comment}'],
    ['attributes and nothing else', '{a=1}', ''],
    ['words before what goes', '{% a %}', ''],
    ['expressions', '{1}', '}'],
  ])('%s', (_, piece, end) => {
    const text = `${'Wort '.repeat(MANY)}${piece.repeat(MANY)}${end}`
    expect(withoutMarks(text, false)).toMatch(/^Wort Wort /)
    expect(withoutTemplateMarks(text)).toMatch(/^Wort Wort /)
  })

  it('also what a page keeps for the browser', () => {
    expect(withoutTemplateMarks(`${'{% raw %}'.repeat(MANY)}{% endraw %}Wort`)).toBe('Wort')
  })
})

it('as many blocks as a large document has are no arguments of a function', () => {
  const paragraphs = 130_000
  const [reading] = markdownReader.read({ path: 'a.md', text: `<div>${'<p>x</p>'.repeat(paragraphs)}</div>` })
  if (reading?.kind !== 'article') throw new Error('refused')
  expect(reading.article.text.split('\n\n')).toHaveLength(paragraphs)
})

describe('the next end', () => {
  it.each<[string, string | RegExp]>([
    ['of words', '-->'],
    ['of a pattern', /-{2}>/],
  ])('%s is the first one from each place on', (_, mark) => {
    const ends = new NextEnds('ab-->c-->')
    const found = [0, 2, 3, 6, 7].map((at) => ends.after(mark, at))
    expect(found).toEqual([{ from: 2, to: 5 }, { from: 2, to: 5 }, { from: 6, to: 9 }, { from: 6, to: 9 }, null])
  })

  it.each<[string, string | RegExp]>([
    ['of words', '-->'],
    ['of a pattern', /-{2}>/],
  ])('%s that lies ahead is not looked for anew', (_, mark) => {
    const ends = new NextEnds('ab-->')
    const found = ends.after(mark, 0)
    // the very object: it was kept
    expect(ends.after(mark, 1)).toBe(found)
    expect(ends.after(mark, 2)).toBe(found)
  })
})

describe('code within a quote or an item of a list', () => {
  it.each(['> ```js\n> a = 1\n> ```', '1.  ```bash\n    ls\n    ```', '* Punkt:  ```bash\n  ls\n  ```'])(
    'ends with it: %j',
    (code) => {
      const text = `# Titel {#t}\n\n${code}\n\nDanach **fett**.\n\n## Weiter\n\nEnde`
      const read = readFile(Buffer.from(text), 'a.md')
      const [reading] = read.kind === 'read' ? [...read.readings] : []
      expect(reading).toMatchObject({ kind: 'article', article: { title: 'Titel' } })
      expect(reading?.kind === 'article' && reading.article.text).toContain('Danach fett.')
    },
  )
})
