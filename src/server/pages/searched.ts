import type { Language } from '../../errors.ts'
import type { SearchAnswer } from '../../search/answer.ts'
import type { SearchRequest } from '../../search/query/request.ts'
import type { PageAddress } from './address.ts'
import type { Facet } from './facets.ts'
import type { HitLinks } from './hits.ts'
import type { Shell } from './html.ts'
import { isNarrow, type Narrowing } from './narrowing.ts'
import { numberText, TEXTS } from './texts.ts'

/** What was searched, and everything its page shows of it. */
export interface SearchPage {
  readonly shell: Shell
  readonly answer: SearchAnswer
  readonly request: SearchRequest
  readonly address: PageAddress
  readonly narrowing: Narrowing
  readonly facets: readonly Facet[]
  /** The filter of the address, as it is written there; null for none. */
  readonly filter: string | null
  /** What the form has to carry beside what its own fields say. */
  readonly kept: readonly (readonly [string, string])[]
  /** Whether there are days to choose between, or any are chosen. */
  readonly hasDates: boolean
  readonly links: HitLinks
  /** What was wrong with the address, in words; then there are no hits. */
  readonly problem: string | null
}

/** Whether anything is wanted of the articles; else all are shown. */
export const isAsking = ({ answer, narrowing, request }: SearchPage): boolean =>
  answer.query.trim() !== '' || isNarrow(narrowing) || request.filter !== null

export const hitsText = (count: number, language: Language): string =>
  TEXTS[language].hits(numberText(count, language), count === 1)
