import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tokenize } from '../../../src/analysis/tokenizer/tokenize.ts'
import { croppedTo } from '../../../src/search/documents/crop.ts'
import type { Mark } from '../../../src/search/documents/mark.ts'

/** Marks wherever one of these words stands. */
function marksOf(text: string, ...words: string[]): Mark[] {
  const marks: Mark[] = []
  tokenize(text, (start, end) => {
    const word = words.indexOf(text.slice(start, end))
    if (word >= 0) marks.push({ start, end, word })
  })
  return marks
}

const cropped = (text: string, length: number, ...words: string[]): string => {
  const { start, end } = croppedTo(text, marksOf(text, ...words), length)
  return (start > 0 ? '…' : '') + text.slice(start, end) + (end < text.length ? '…' : '')
}

const countOf = (text: string): number => {
  let count = 0
  tokenize(text, () => {
    count += 1
  })
  return count
}

const SENTENCE = 'Ein Buch über einen Prinzen, der auf kleinen Planeten wohnt. Er hat eine Rose.'

describe('what is shown of a text', () => {
  test.each([
    [5, ['Prinzen'], 'Ein Buch über einen Prinzen…'],
    [6, ['Planeten'], '…Prinzen, der auf kleinen Planeten wohnt…'],
    [3, ['Buch'], 'Ein Buch über…'],
    [4, ['Rose'], '…Er hat eine Rose.'],
    [4, ['Prinzen', 'Planeten'], '…Buch über einen Prinzen…'],
    [6, ['Prinzen', 'Planeten'], '…einen Prinzen, der auf kleinen Planeten…'],
    [5, [], 'Ein Buch über einen Prinzen…'],
    [100, ['Rose'], SENTENCE],
  ])('%i words around %j', (length, words, expected) => {
    expect(cropped(SENTENCE, length, ...words)).toBe(expected)
  })

  test('as Meilisearch cuts it', () => {
    const text = 'A french book about a prince that walks on little cute planets'
    expect(cropped(text, 6, 'prince')).toBe('…book about a prince that walks…')
  })

  test('the place with most different words, however long the text', () => {
    const filler = 'lorem ipsum dolor sit amet '.repeat(2000)
    const text = `Haus Haus Haus ${filler}Das Haus am Ufer. ${filler}`
    expect(cropped(text, 4, 'Haus', 'Ufer')).toBe('…Das Haus am Ufer…')
  })

  test('no words at all leave the text as it is', () => {
    expect(cropped('… – !', 3)).toBe('… – !')
    expect(cropped('', 3)).toBe('')
  })

  test('is never longer than asked for, never empty, and has a match where there is one', () => {
    const word = fc.constantFrom('Haus', 'Ufer', 'am', 'Ort', '–', '…', 'z. B.', 'Straße', '🏠', '.\n\n', ', ')
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 3000, size: 'max' }),
        fc.integer({ min: 1, max: 40 }),
        (words, length) => {
          const text = words.join(' ')
          const marks = marksOf(text, 'Haus', 'Ufer')
          const { start, end } = croppedTo(text, marks, length)
          const shown = text.slice(start, end)
          expect(countOf(shown)).toBeLessThanOrEqual(length)
          if (marks.length > 0) expect(marks.some((mark) => mark.start >= start && mark.end <= end)).toBe(true)
          else expect(start).toBe(0)
          if (countOf(text) >= length) expect(countOf(shown)).toBe(length)
        },
      ),
      { numRuns: 200 },
    )
  })
})
