import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanLine, cleanText, paragraphs } from '../../src/ingest/clean.ts'
import '../support/property.ts'

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\r', '\n', '\0', '\t', '\ud800', '\udc00', '\u0308', 'u', '\u00a0', '\u0085'),
    fc.string({ unit: 'binary', maxLength: 2 }),
  ),
})

describe('cleanText', () => {
  it.each([
    ['', ''],
    ['u\u0308ber', 'über'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['a\0b\x1bc\x85d\x7fe\tf', 'a b c d e\tf'],
    ['\ud800x', '\ufffdx'],
    ['weich\u00ad „5\u00a0€“ – ‚so‘', 'weich\u00ad „5\u00a0€“ – ‚so‘'],
  ])('%j becomes %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean)
  })

  it('is idempotent, well-formed, and the same for NFC and NFD', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text)
        expect(cleanText(clean)).toBe(clean)
        expect(clean.isWellFormed()).toBe(true)
        expect(clean.normalize('NFC')).toBe(clean)
        expect(cleanText(text.normalize('NFD'))).toBe(clean)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point
        expect(clean).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/)
      }),
    )
  })

  it('collapses a title to one line', () => {
    expect(cleanLine('  Ein\n\tTitel \r\n hier ')).toBe('Ein Titel hier')
  })
})

describe('paragraphs', () => {
  it.each([
    [[], ''],
    [['', ' \n'], ''],
    [['a', '', 'b'], 'a\n\nb'],
    [['\n\na  \n  b \n\n\n\nc\n', 'd'], 'a\n  b\n\nc\n\nd'],
  ])('%j becomes %j', (blocks, text) => {
    expect(paragraphs(blocks)).toBe(text)
  })

  it('gives its own result back', () => {
    fc.assert(
      fc.property(fc.array(anyText), (blocks) => {
        const text = paragraphs(blocks)
        expect(paragraphs([text])).toBe(text)
        expect(text).not.toMatch(/^\n|\n$|\n\n\n/)
      }),
    )
  })
})

it('keeps the first marks of a run that no writing has', () => {
  expect(cleanText(`a${'\u0301\u0316'.repeat(200)} b`)).toBe(cleanText(`a${'\u0301\u0316'.repeat(32)} b`))
  expect(cleanText('Z\u0351\u036e\u0317a')).toBe('Z\u0317\u0351\u036ea')
})

it('takes 10 MB of blanks and odd characters in linear time', () => {
  // Quadratic behaviour would take hours here, so the time limit of the test is the assertion
  const text = ' '.repeat(5_000_000) + 'x \r\u0308\0'.repeat(1_000_000)
  expect(paragraphs([cleanText(text)]).length).toBeGreaterThan(1_000_000)
  expect(cleanLine(text).startsWith('x')).toBe(true)
})
