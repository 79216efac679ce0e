/** Longest name of a city a dateline may name, agency not counted. */
const CITY_LENGTH_MAX = 60
const CITY_WORDS_MAX = 6

/** What stands before a dash without being a city. */
const NOT_A_CITY =
  /^(der|die|das|ein|eine|update|kommentar|interview|analyse|meinung|eilmeldung|anzeige|hintergrund|reportage)\b/i

const CITY_WORD =
  /^(\p{Lu}[\p{L}.'’-]*(\/\p{Lu}[\p{L}.'’-]*)?|am|an|auf|bei|der|den|im|in|ob|und|vor|a\.|d\.|i\.|de|do|del|la|of)$/u

/**
 * The city in a news text's dateline: `Kursk, Russland - Die …`, `Berlin (dpa) – Der …`, `HAMBURG — …`.
 * @returns the city as written, or null where the text does not begin with one
 */
export function cityOf(text: string): string | null {
  const match = /^([^\n()–—]{2,80}?)(?: ?\([\p{L}\d/ .,-]{2,30}\))? [-–—] ["„“»‚‘\p{Lu}\d]/u.exec(text.slice(0, 160))
  const city = match?.[1]?.trim() ?? ''
  if (city.length > CITY_LENGTH_MAX || NOT_A_CITY.test(city) || !/^\p{Lu}/u.test(city)) return null
  const words = city.split(/,? /)
  return words.length <= CITY_WORDS_MAX && words.every((word) => CITY_WORD.test(word)) ? city : null
}
