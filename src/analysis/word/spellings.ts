import { hasDigraph } from '../german/fold.ts'
import { modernised } from '../german/orthography.ts'
import { asWritten, type Respelling, respell } from '../german/respelling.ts'
import { isGenderSign } from '../tokenizer/gendered-ending.ts'

/** The ending for women behind a sign: Nutzer*innen, Nutzer/-innen. */
const GENDERED = /(?:[*:_]|\/-?)in(?:nen)?|\(in(?:nen)?\)/g
const GENDERED_END = /(?:[*:_]in(?:nen)?|\/-?in(?:nen)?|\(in(?:nen)?\))$/g
const SHARP_S = /ß/g
/** Hauptstr. */
const STREET = /(?<=\p{L}{3})str$/gu
const DIGRAPH = /[aou]e/g

/** The umlaut of each vowel that has one. */
const UMLAUTS: Readonly<Record<string, string>> = { a: 'ä', o: 'ö', u: 'ü' }

/** What a word has that may be spelt otherwise: bits of `signsOf`. */
const HAS_SHARP_S = 1
const HAS_GENDER_SIGN = 2

/** As the lexicon writes it: ss for ß, the orthography of today, without the ending for women, streets written out. */
export function plainSpelling(key: string): Respelling {
  let plain = asWritten(key)
  const signs = signsOf(key)
  if ((signs & HAS_SHARP_S) !== 0) plain = respell(plain, SHARP_S, () => 'ss')
  // at the end like Bäuerin, which has a rule of its own; in the middle nothing: Bürger*innenbüro
  if ((signs & HAS_GENDER_SIGN) !== 0)
    plain = respell(
      respell(plain, GENDERED_END, () => 'in'),
      GENDERED,
      () => '',
    )
  if (key.endsWith('str')) plain = respell(plain, STREET, () => 'strasse')
  return modernised(plain)
}

/**
 * The plain spelling with umlauts for ae, oe, ue, should that itself not help; null where the word has none of these.
 * @param key what `plain` is the plain spelling of
 */
export function dottedSpelling(key: string, plain: Respelling): Respelling | null {
  return hasDigraph(key) ? respell(plain, DIGRAPH, ([vowel]) => UMLAUTS[vowel as string] as string) : null
}

function signsOf(key: string): number {
  let signs = 0
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i)
    if (code === 0xdf) signs |= HAS_SHARP_S
    else if (isGenderSign(code)) signs |= HAS_GENDER_SIGN
  }
  return signs
}
