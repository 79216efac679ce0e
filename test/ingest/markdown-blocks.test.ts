import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markdownBlocks, wholeBlocks } from '../../src/ingest/markdown-blocks.ts'
import { COST_MAX, structureCost } from '../../src/ingest/markdown-cost.ts'
import { definitionsIn, withDefinitions } from '../../src/ingest/markdown-sections.ts'
import '../support/property.ts'

/** Pieces of lines that mean something to Markdown, put together at random: most documents of them are hostile. */
const piece = fc.constantFrom(
  'Wort',
  'ein Satz.',
  '§ 5',
  '(1)',
  'a)',
  '1.',
  '2.',
  '12)',
  '-',
  '+',
  '*',
  '>',
  '#',
  '##',
  '---',
  '===',
  '    ',
  ' ',
  '  ',
  '   ',
  '\t',
  '**fett**',
  '_k_',
  '`c`',
  '[a](b)',
  '![alt](b)',
  '<b>',
  '</b>',
  '<div>',
  '<!-- x -->',
  '&amp;',
  '&',
  '\\*',
  '|',
  ':',
  '\u00a0',
  '```',
  '~~~',
  '[x]: /y',
  '\u2028',
  'ü',
  '0',
  '“',
  '~',
  '~~',
  '| a |',
  '|-|',
  ':-',
  '-:|:-',
  '[ ]',
  '[x]',
  '[^1]',
  '[^1]:',
)
const line = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(' '))
const tightLine = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''))
/** Law texts: numbered, indented, mostly words. */
const lawLine = fc
  .tuple(
    fc.constantFrom('', '', '', '    ', '  ', '   ', '        ', '     '),
    fc.constantFrom('', '', '1.  ', '2.  ', '-   ', '3a. ', 'a)  ', '## ', '*   '),
    fc.constantFrom('Wort', 'ein Satz, der weitergeht', '(2) Absatz', '4.', ''),
  )
  .map((parts) => parts.join(''))
const separator = fc.constantFrom('\n', '\n', '\n\n', '\n\n', '\n  \n', '  \n')

function documentOf(lines: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.array(fc.tuple(lines, separator), { maxLength: 12 }).map((parts) => parts.flat().join(''))
}

describe('markdownBlocks', () => {
  it.each([
    ['paragraphs and headings', '# Titel\n\nEin Absatz,\nzwei Zeilen.\n\n## Zwei\n\nNoch einer.'],
    [
      'an indented paragraph of a list item',
      '1.  Erstens\n\n    mehr dazu\n\n2.  Zweitens\n\n    a)  darunter\n\nEnde',
    ],
    ['code by indentation', 'Absatz\n\n    Code\n      mehr\n\n2.  keine Liste für den Parser'],
    ['a fence over empty lines', '```\neins\n\nzwei\n```\n\ndrei'],
    ['a definition used further up', '[x]\n\nText\n\n[x]: /y'],
    ['a comment over empty lines', '<!-- eins\n\nzwei -->\n\ndrei'],
    ['a table, and what only looks like one', 'a | b\n- | -\nc | d\n\na\n:-\nb\n\na | b\nc | d\n\nEnde'],
    ['a footnote further down', 'Text[^1]\n\nAbsatz\n\n[^1]: Note\n\n    geht weiter\n\nEnde'],
    ['quotes and lazy lines', '> zitiert\nfaul\n\nnicht mehr'],
  ])('gives what parsing the whole gives: %s', (_, body) => {
    expect(markdownBlocks(body)).toEqual(wholeBlocks(body))
  })

  it.each([
    ['hostile lines', documentOf(fc.oneof(line, tightLine))],
    ['law texts', documentOf(lawLine)],
    ['both', documentOf(fc.oneof(lawLine, lawLine, lawLine, tightLine))],
    ['any characters', fc.string({ unit: 'binary' })],
  ])('gives what parsing the whole gives for random documents: %s', (_, documents) => {
    fc.assert(
      fc.property(documents, (body) => {
        expect(markdownBlocks(body)).toEqual(wholeBlocks(body))
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 500) },
    )
  })
})

describe('GitHub’s additions become plain text', () => {
  it.each([
    [
      'rows of a table',
      '| A | B |\n|---|:-:|\n| eins | *zwei* |\n| drei \\| vier | |',
      ['A B', 'eins zwei', 'drei | vier'],
    ],
    ['a table inside of a list', '- | A | B |\n  |---|---|\n  | eins | zwei |', ['A B', 'eins zwei']],
    ['task lists', '- [ ] offen\n- [x] fertig\n- [Mehr] dazu', ['offen', 'fertig', '[Mehr] dazu']],
    ['struck words', 'Das ist ~~falsch~~ richtig', ['Das ist falsch richtig']],
    ['a tilde that means about', '~5 km bis ~10 km', ['~5 km bis ~10 km']],
    [
      'footnotes, where they stand',
      'Text[^1] und[^n].\n\n[^1]: Eine *Note*. [↩](#fnref1)\n[^n]: Zwei\n\n    geht weiter.\n\nEnde',
      ['Text und.', 'Eine Note.', 'Zwei', 'geht weiter.', 'Ende'],
    ],
  ])('%s', (_, body, expected) => {
    expect(markdownBlocks(body).map(({ text }) => text.trim())).toEqual(expected)
  })
})

describe('a document that would cost too much as a whole', () => {
  const chapter = (at: number): string =>
    `## Kapitel ${at}\n\nWorte [dazu][Quelle] und mehr[^n].\n\n${'- eins\n\nWorte danach.\n\n'.repeat(50)}~~~sh\n# kein Kapitel\n~~~\n`
  const BLOCKS_OF_CHAPTER = 2 + 50 * 2 + 1
  const book = (chapters: number): string =>
    `# Das Buch\n\n${Array.from({ length: chapters }, (_, at) => chapter(at)).join('\n')}\n[quelle]: https://example.org\n[^n]: Eine Note.\n`

  it('is read section by section, with the definitions of all of it', () => {
    const body = book(62)
    expect(structureCost(body)).toBeGreaterThan(COST_MAX)
    const blocks = markdownBlocks(body)
    expect(blocks.slice(0, 5)).toEqual([
      { kind: 'heading', text: 'Das Buch', level: 1 },
      { kind: 'heading', text: 'Kapitel 0', level: 2 },
      { kind: 'paragraph', text: expect.stringMatching(/^Worte dazu und mehr/) },
      { kind: 'item', text: 'eins', depth: 1, isOrdered: false },
      { kind: 'paragraph', text: 'Worte danach.' },
    ])
    const codes = blocks.filter(({ kind }) => kind === 'code')
    expect(codes).toEqual(Array.from({ length: 62 }, () => ({ kind: 'code', text: '# kein Kapitel' })))
    expect(blocks.filter(({ text }) => text.includes('Eine Note.'))).toHaveLength(1)
    expect(blocks).toHaveLength(1 + 62 * BLOCKS_OF_CHAPTER + 1)
  })

  it('keeps its headings where even that is too much, and no definition becomes text that was none', () => {
    const blocks = markdownBlocks(book(300))
    const headings = blocks.filter(({ kind }) => kind === 'heading')
    expect(headings).toHaveLength(301)
    expect(headings.at(-1)).toEqual({ kind: 'heading', text: 'Kapitel 299', level: 2 })
    expect(blocks.filter(({ text }) => text.includes('https://example.org'))).toHaveLength(1)
  })

  it('gets of its definitions no more than a bound, however often it names them', () => {
    const definitions = Array.from({ length: 2000 }, (_, at) => `[d${at}]: ${'x'.repeat(900)}`).join('\n')
    const names = Array.from({ length: 2000 }, (_, at) => `[d${at}]`).join(' ')
    const found = definitionsIn(definitions)
    expect(found.size).toBe(1000)
    expect(withDefinitions(names, found).length).toBeLessThan(names.length + 50 * 1000)
  })
})

describe('what would cost too much is read as it stands', () => {
  it.each([
    ['marks of emphasis', `# Titel\n\n${'*_'.repeat(20_000)}Wort`],
    ['brackets', `# Titel\n\n${'['.repeat(20_000)}Wort${']'.repeat(20_000)}`],
    ['marks in all shapes', `# Titel\n\n${'*a '.repeat(9000)}${'_a*_ '.repeat(9000)}Wort`],
  ])('%s, while headings stay headings', (_, body) => {
    const [title, text] = wholeBlocks(body)
    expect(title).toEqual({ kind: 'heading', text: 'Titel', level: 1 })
    expect(text?.text).toBe(body.slice(body.indexOf('\n') + 2))
  })

  it.each([
    ['lists in lists', `${'1. '.repeat(7000)}Wort`],
    [
      'a list that goes deeper with every line',
      Array.from({ length: 500 }, (_, i) => `${'  '.repeat(i)}- Wort`).join('\n'),
    ],
    ['lines that go on with a quote', `> a\n${'b\n'.repeat(10_000)}Wort`],
    ['underlined headings', `${'a\n-\n'.repeat(5000)}Wort`],
    ['lines that go on with a footnote', `[^1]: a\n${'b\n'.repeat(10_000)}Wort`],
    ['more lines than anybody writes', `- a\n${'- *b*\n'.repeat(80_000)}Wort`],
    ['notes in notes', `${'[^1]:\n    '.repeat(2000)}Wort`],
  ])('%s', (_, body) => {
    const [block, ...others] = wholeBlocks(body)
    expect(others).toEqual([])
    expect(block?.text).toBe(body)
  })

  it('once for a document, not for each of its pieces', () => {
    const piece = `${'*_'.repeat(1200)}\n\nnur Worte\n\n`
    const last = markdownBlocks(piece.repeat(20)).at(-2)
    expect(last?.text).toBe('*_'.repeat(1200))
  })

  it('of pieces that take longer to begin than to read, 50,000', () => {
    const body = '***\n\nWort\n\n'.repeat(60_000)
    const rulers = markdownBlocks(body).filter(({ text }) => text.includes('***'))
    expect(rulers.length).toBeGreaterThan(9000)
    expect(rulers.length).toBeLessThan(11_000)
  })

  it.each([
    ['a list of links', '- [a_b](/c_d) *e*\n'.repeat(2000)],
    ['a table', `| a | b |\n|---|---|\n${'| [a](b) | *c* |\n'.repeat(2000)}`],
    ['rulers', 'a\n\n---\n\n'.repeat(2000)],
    ['a nested list', '- a\n  - b\n    - c\n      - d\n'.repeat(1000)],
    ['a long quote', '> Wort *fett*\n>\n'.repeat(2000)],
  ])('but not %s', (_, body) => {
    expect(markdownBlocks(body).some(({ text }) => /[*[|>-]/.test(text))).toBe(false)
  })
})
