import fc from 'fast-check'

// The same cases on every run, so that a red test means a change; FC_SEED=… tries others.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20_240_303) })

/** What texts are made of where somebody wants to do harm, or only writes German on an old machine. */
const PIECES: readonly string[] = [
  // words, umlauts in NFC and NFD, both spellings of ß, ligatures, letters of other alphabets
  ...[
    'Straße',
    'Strasse',
    'Bücher',
    'Bu\u0308cher',
    'Buecher',
    'ä',
    'a\u0308',
    'ß',
    'ẞ',
    'ſ',
    'İ',
    'ı',
    'ﬁ',
    'Café',
    'Cafe\u0301',
  ],
  ...['der', 'und', 'Haus', 'Häuser', 'Israel', 'e', 'x', 'Ω', 'ж', '𐐀', '𝔅', '中', 'ﺕ', 'ﹺ', 'Ⅷ', 'ª', 'ʻ', 'ℹ'],
  // names with signs, abbreviations in capitals, dots of easy language
  ...[
    '#',
    '+',
    '++',
    '&',
    '·',
    '‧',
    '·innen',
    '·in',
    '.NET',
    '.net',
    'C',
    'OB',
    'ISS',
    'MAN',
    'Bürger',
    'Hauptstr',
    'St',
  ],
  // numbers
  ...['1', '23', '456', '1980', '²', '٣', '4.700', '1,7', '03.03.2024', '15\u00a0000'],
  // stops, joiners, blanks, quotes
  ...[
    '.',
    '. ',
    ',',
    '-',
    '‐',
    '‑',
    "'",
    '’',
    'ʼ',
    '*',
    ':',
    '…',
    '! ',
    '? ',
    'z.',
    ' B.',
    '»',
    '«',
    '„',
    '“',
    '(',
    ')',
  ],
  ...[' ', ' ', ' ', ' ', '\n', '-\n', '\n\n', '\r', '\t', '\u00a0', '\u202f', '\u2009', '\u2028'],
  // invisible: soft hyphen, zero-width space, word joiner, byte-order mark, direction marks
  ...['\u00ad', '\u200b', '\u2060', '\ufeff', '\u200e', '\u200f', '\u202e', '\u2066', '\0'],
  // what belongs to its neighbour: marks, joiners, number signs
  ...[
    '\u0301',
    '\u0308',
    '\u0323',
    '\u0489',
    '\u0301\u0302\u0303\u0304\u0305\u0306',
    '\u200c',
    '\u200d',
    '\ufe0f',
    '\u20e3',
  ],
  ...['\u0600', '\u06dd', '\u0d4e', '\u{111c2}', '\u{1f3fd}', '\u{e0062}'],
  // emoji, flags, jamo, Thai, Devanagari
  ...[
    '👩',
    '👩🏽‍🚒',
    '👨‍👩‍👧',
    '🇩🇪',
    '🇩',
    '1\ufe0f\u20e3',
    '가',
    '\u1100',
    '\u1161',
    '\u11a8',
    'ก',
    'ำ',
    'क',
    '\u094d',
    'ष',
    'ि',
  ],
  // halves of characters
  ...['\ud83d', '\ude00', '\ud800', '\udc00'],
  // HTML, and tags that look like ours
  ...[
    '<b>',
    '</script>',
    '<script>alert(1)</script>',
    '<mark>',
    '</mark>',
    '&amp;',
    '&',
    '<',
    '>',
    '"',
    '<img src=x onerror=y>',
  ],
]

/** A text of hostile pieces. */
export const hostileText = (piecesMax = 30): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...PIECES), { maxLength: piecesMax }).map((pieces) => pieces.join(''))

/** Any string at all, lone surrogates included. */
export const anyText: fc.Arbitrary<string> = fc.string({ unit: 'binary', maxLength: 30 })

const segmenter = new Intl.Segmenter('de', { granularity: 'grapheme' })

const LAST_BORDERS = new Map<string, ReadonlySet<number>>()

/** The offsets at which a text may be cut without cutting what a reader takes for one character. */
export function graphemeBorders(text: string): ReadonlySet<number> {
  const known = LAST_BORDERS.get(text)
  if (known !== undefined) return known
  const borders = new Set([text.length])
  for (const { index } of segmenter.segment(text)) borders.add(index)
  if (LAST_BORDERS.size > 200) LAST_BORDERS.clear()
  LAST_BORDERS.set(text, borders)
  return borders
}

/** What the rules about neighbouring words look at. */
const GERMAN_PIECES: readonly string[] = [
  ...['nimmt', 'Er', 'holt', 'fängt', 'teil', 'ab', 'an', 'mit', 'teilt', 'stand', 'abgesagte', 'laufende', 'Lehrerin'],
  ...[
    'Vor-',
    'Hin-',
    'Bundes-,',
    'be-',
    'Nachteile',
    'Rückfahrt',
    'Landesbehörde',
    'entladen',
    '-handball',
    'Frauenfußball',
  ],
  ...['Jonglier', 'Keulen', 'Stadt', 'Berlin', 'Haus', 'Boot', 'Schiffahrt', 'Photographie', 'LKWs', 'lkws', 'Museen'],
  ...['Nutzer', '*innen', ':innen', '/-innen', '(innen)', 'Innen', '_in', 'Bürger', 'büro'],
  ...[
    '4',
    '700',
    '030',
    '+49',
    '3.',
    '20',
    '2024',
    '03.03.2024',
    '2024-03-03',
    '5kg',
    '1,5',
    '10²',
    '4.700',
    ':15',
    '00',
  ],
  ...['März', 'Jänner', 'Uhr', 'kg', '°C', 'Mio.', '§', '§§', 'Abs.', 'Satz', 'Art.', 'SA', 'B', 'Nr.', '5a', '433'],
  ...['und', 'oder', 'der', 'die'],
  ...['.', ',', ';', '(', ')', '-', '–', '/', '\n', '\n\n', '„', '“'],
]

/** German texts that are all neighbours: pieces with a space, or nothing, between them. */
export const germanText: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.constantFrom(...GERMAN_PIECES), fc.constantFrom(' ', ' ', ' ', '', '\u00a0', '\n')), {
    maxLength: 30,
    size: 'max',
  })
  .map((pairs) => pairs.flat().join(''))
