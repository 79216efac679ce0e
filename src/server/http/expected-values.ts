import type { Localized } from '../../errors.ts'
import { LIMIT_MAX } from '../../search/query/request.ts'

export const CROP_LENGTH_MAX = 1000
export const TAG_LENGTH_MAX = 200
export const NAMES_MAX = 100
export const SORT_MAX = 20
export const FACET_VALUES_MAX = 10_000
export const SUGGESTIONS_MAX = 100

/** What a wrong value of each parameter should have been. */
export const EXPECTED = {
  q: { de: 'ein Text', en: 'a text' },
  limit: wholeNumberWords(0, LIMIT_MAX),
  offset: wholeNumberWords(0, Number.MAX_SAFE_INTEGER),
  page: wholeNumberWords(1, Number.MAX_SAFE_INTEGER),
  hitsPerPage: wholeNumberWords(1, LIMIT_MAX),
  cropLength: wholeNumberWords(1, CROP_LENGTH_MAX),
  cropMarker: shortText(),
  highlightPreTag: shortText(),
  highlightPostTag: shortText(),
  matchingStrategy: { de: '„last“ oder „all“', en: '“last” or “all”' },
  attributesToRetrieve: namesWords(),
  filter: {
    de: 'ein Filter wie ort = Kursk AND date >= 2025-01-01',
    en: 'a filter such as ort = Kursk AND date >= 2025-01-01',
  },
  facets: namesWords(),
  maxValuesPerFacet: wholeNumberWords(1, FACET_VALUES_MAX),
  sort: {
    de: `höchstens ${SORT_MAX} Felder mit Richtung wie date:desc,verletzte:asc`,
    en: `at most ${SORT_MAX} fields with a direction such as date:desc,verletzte:asc`,
  },
  typing: { de: '„true“ oder „false“', en: '“true” or “false”' },
  explain: { de: '„true“ oder „false“', en: '“true” or “false”' },
  foldDuplicates: { de: '„exact“, „near“ oder „none“', en: '“exact”, “near” or “none”' },
  distinct: { de: 'der Name eines Feldes', en: 'the name of a field' },
  text: { de: 'ein Text wie in /analyze?text=Häuser', en: 'a text as in /analyze?text=Häuser' },
  format: { de: '„opensearch“ oder nichts', en: '“opensearch” or nothing' },
  lang: { de: '„de“ oder „en“', en: '“de” or “en”' },
} as const satisfies Record<string, Localized>

export function wholeNumberWords(least: number, most: number): Localized {
  return most === Number.MAX_SAFE_INTEGER
    ? { de: `eine ganze Zahl ab ${least}`, en: `a whole number from ${least} on` }
    : { de: `eine ganze Zahl von ${least} bis ${most}`, en: `a whole number from ${least} to ${most}` }
}

function shortText(): Localized {
  return {
    de: `ein Text von höchstens ${TAG_LENGTH_MAX} Zeichen`,
    en: `a text of at most ${TAG_LENGTH_MAX} characters`,
  }
}

function namesWords(): Localized {
  return { de: `höchstens ${NAMES_MAX} Namen von Feldern`, en: `at most ${NAMES_MAX} names of fields` }
}
