import { describe, expect, test } from 'vitest'
import type { StructureRange } from '../../../src/article/structure.ts'
import { headingTokensOf } from '../../../src/index/segment/heading-tokens.ts'
import { analyzer } from '../../support/memory-index.ts'

/** A text of paragraphs; those with `#` before them are headings of so many signs. */
function tokensOf(...paragraphs: readonly string[]): number[] {
  const structure: StructureRange[] = []
  let text = ''
  for (const paragraph of paragraphs) {
    const [, signs = '', words = ''] = /^(#*) ?(.*)$/s.exec(paragraph) ?? []
    const start = text.length
    if (signs !== '') structure.push({ kind: 'heading', start, end: start + words.length, level: signs.length })
    text += `${words}\n\n`
  }
  return headingTokensOf(structure, analyzer.analyze(text))
}

describe('which tokens a heading has', () => {
  test('those between its beginning and its end', () => {
    expect(tokensOf('Vorweg gesagt.', '# Das Wetter', 'Es regnet.', '### Morgen')).toEqual([2, 4, 6, 7])
  })

  test('headings that follow each other stay apart', () => {
    expect(tokensOf('# Wetter', '## Regen')).toEqual([0, 1, 1, 2])
  })

  test('one without a word is none', () => {
    expect(tokensOf('# ***', 'Es regnet.')).toEqual([])
  })

  test('other ranges, and an article of which nothing is known, have none', () => {
    const analysis = analyzer.analyze('Es regnet')
    expect(headingTokensOf(undefined, analysis)).toEqual([])
    expect(headingTokensOf([{ kind: 'item', start: 0, end: 9, depth: 1, isOrdered: false }], analysis)).toEqual([])
    expect(headingTokensOf([{ kind: 'page', start: 0, number: 1 }], analysis)).toEqual([])
  })

  test('one that ends within a word has all of it, and one beyond the text has no more than there is', () => {
    const analysis = analyzer.analyze('Das Wetter heute')
    const tokens = (start: number, end: number) =>
      headingTokensOf([{ kind: 'heading', start, end, level: 1 }], analysis)
    expect(tokens(0, 6)).toEqual([0, 2])
    expect(tokens(4, 999)).toEqual([1, 3])
  })
})
