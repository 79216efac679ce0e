/** Longest place a dateline may name, agency not counted. */
const PLACE_LENGTH_MAX = 60
const PLACE_WORDS_MAX = 6

/** What stands before a dash without being a place. */
const NOT_A_PLACE =
  /^(der|die|das|ein|eine|update|kommentar|interview|analyse|meinung|eilmeldung|anzeige|hintergrund|reportage)\b/i

const PLACE_WORD =
  /^(\p{Lu}[\p{L}.'’-]*(\/\p{Lu}[\p{L}.'’-]*)?|am|an|auf|bei|der|den|im|in|ob|und|vor|a\.|d\.|i\.|de|do|del|la|of)$/u

/**
 * The place in a news text's dateline: `Kursk, Russland - Die …`, `Berlin (dpa) – Der …`, `HAMBURG — …`.
 * @returns the place as written, or null where the text does not begin with one
 */
export function placeOf(text: string): string | null {
  const match = /^([^\n()–—]{2,80}?)(?: ?\([\p{L}\d/ .,-]{2,30}\))? [-–—] ["„“»‚‘\p{Lu}\d]/u.exec(text.slice(0, 160))
  const place = match?.[1]?.trim() ?? ''
  if (place.length > PLACE_LENGTH_MAX || NOT_A_PLACE.test(place) || !/^\p{Lu}/u.test(place)) return null
  const words = place.split(/,? /)
  return words.length <= PLACE_WORDS_MAX && words.every((word) => PLACE_WORD.test(word)) ? place : null
}
