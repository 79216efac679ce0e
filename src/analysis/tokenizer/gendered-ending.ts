import { isLowerAt } from './characters.ts'

// Nutzer*innen, Nutzer:innenkonto, Nutzer_in; with a capital also Nutzer/innen, Nutzer/-innen, Nutzer(innen)
const GENDERED = /[*:_](?:innen\p{Ll}*|in)(?![\p{L}\p{N}])/uy
const GENDERED_NOUN = /\/-?in(?:nen)?(?![\p{L}\p{N}])|\(in(?:nen)?\)/uy
const GENDERED_MIN = 3

/** One of * : _ / ( */
export const isGenderSign = (code: number): boolean =>
  code === 0x28 || code === 0x2a || code === 0x2f || code === 0x3a || code === 0x5f

/** The end of a word together with the ending for women that a sign parts from it; `end` where none follows. */
export function genderedEnd(text: string, start: number, end: number): number {
  const sign = text.charCodeAt(end)
  if (!isGenderSign(sign)) return end
  const isNoun = sign === 0x2f || sign === 0x28
  if (end - start < GENDERED_MIN || (isNoun && isLowerAt(text, start))) return end
  const pattern = isNoun ? GENDERED_NOUN : GENDERED
  pattern.lastIndex = end
  return pattern.test(text) ? pattern.lastIndex : end
}
