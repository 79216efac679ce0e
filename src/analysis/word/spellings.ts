import { modernised } from '../german/orthography.ts'
import { asWritten, type Respelling, respell } from '../german/respelling.ts'

/** The ending for women behind a sign: Nutzer*innen, Nutzer/-innen. */
const GENDERED = /(?:[*:_·]|\/-?)in(?:nen)?|\(in(?:nen)?\)/g
const GENDERED_END = /(?:[*:_·]in(?:nen)?|\/-?in(?:nen)?|\(in(?:nen)?\))$/g
const GENDER_SIGN = /[*:_·/(]/

/** The umlaut of each vowel that has one. */
export const UMLAUTS: Readonly<Record<string, string>> = { a: 'ä', o: 'ö', u: 'ü' }

/**
 * As the lexicon writes it: ss for ß, the orthography of today, without the ending for women, and, should that not help, umlauts
 * for ae, oe, ue.
 */
export function* spellingsOf(key: string): Generator<Respelling> {
  let plain = asWritten(key)
  if (key.includes('ß')) plain = respell(plain, /ß/g, () => 'ss')
  // at the end like Bäuerin, which has a rule of its own; in the middle nothing: Bürger*innenbüro
  if (GENDER_SIGN.test(key))
    plain = respell(
      respell(plain, GENDERED_END, () => 'in'),
      GENDERED,
      () => '',
    )
  plain = modernised(plain)
  yield plain
  if (/[aou]e/.test(key)) yield respell(plain, /[aou]e/g, ([vowel]) => UMLAUTS[vowel as string] as string)
}
