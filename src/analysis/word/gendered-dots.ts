import { keyOf } from '../tokenizer/segments.ts'

/** A middle dot before the ending for women, which other letters may follow: Bürger·innen·büro. */
const DOT_AND_ENDING = /[·‧•⋅](?=in(?:nen)?)/g
const REST_MIN = 3
/** So many letters before the ending tell whether it is one. */
const REST_MAX = 40
const HYPHEN = /[-‐‑]/

/**
 * A word with a star for each middle dot that parts an ending for women from a word for people: Nutzer·innen, but not the innen of
 * Bundes·innen·ministerium. As long as the word.
 * @param isKnown whether a word in lower case is known, or its parts
 */
export function genderedDots(surface: string, isKnown: (key: string) => boolean): string {
  return surface.replace(DOT_AND_ENDING, (dot, at: number) => {
    const rest = keyOf(surface.slice(Math.max(0, at - REST_MAX), at))
      .split(HYPHEN)
      .at(-1) as string
    return rest.length >= REST_MIN && isKnown(`${rest}in`) ? '*' : dot
  })
}
