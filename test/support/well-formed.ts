import fc from 'fast-check'
import './property.ts'

/** Well-formed strings of all kinds: empty, with a byte-order mark, astral, longer than tables encode without a buffer of their own. */
export const wellFormed: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }).map((text) => text.toWellFormed()) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '',
      '\ufeff',
      '\ufeffKopf',
      'Kopf',
      '\0',
      '\n',
      'ß',
      'ä',
      'a\u0308',
      '😀',
      '😁',
      '\ufffd',
      'ab',
      'b',
      'a',
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('x', 'ß', '€', '😀'), fc.integer({ min: 336, max: 346 }))
      .map(([letter, length]) => letter.repeat(length)),
  },
)
