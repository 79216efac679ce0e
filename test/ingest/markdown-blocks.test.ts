import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markdownBlocks, wholeBlocks } from '../../src/ingest/markdown-blocks.ts'
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
