import type { Article } from '../article/article.ts'
import type { State } from '../ingest/publication-words.ts'
import type { ReadResult, RefusalReading } from '../ingest/reader.ts'
import { withSiteAddress } from '../ingest/site-address.ts'

export interface AdmissionOptions {
  /** Takes in what is not public as well. */
  readonly drafts: boolean
  /** In milliseconds since 1970. */
  readonly now: number
  /** See `UpdateOptions`. */
  readonly base?: string | null
}

/** What is to be done with what a reader gave. */
export type Admission =
  | {
      readonly kind: 'article'
      readonly article: Article
      readonly line: number
      /** Still to come, in milliseconds since 1970; null for at once. */
      readonly from: number | null
      readonly until: number | null
    }
  | { readonly kind: 'leftOut'; readonly state: State; readonly title: string; readonly line: number | null }
  | RefusalReading
  | Extract<ReadResult, { kind: 'warning' }>

/**
 * Decides what becomes of a reading now. What never is an article is left out whatever is asked for.
 * @param path of its file, relative to the PATH given
 */
export function admit(reading: ReadResult, options: AdmissionOptions, path = ''): Admission {
  const { drafts, now, base = null } = options
  if (reading.kind === 'unpublished') {
    const { state, otherwise } = reading
    if (drafts && otherwise !== null) return admit(otherwise, options, path)
    const title = otherwise?.kind === 'article' ? nameOf(otherwise.article) : (reading.title ?? '')
    return { kind: 'leftOut', state, title, line: otherwise?.line ?? reading.line ?? null }
  }
  if (reading.kind !== 'article') return reading
  const { line, from = null, until = null } = reading
  const article = base === null ? reading.article : withSiteAddress(reading.article, base, path)
  if (drafts) return { kind: 'article', article, line, from: null, until: null }
  if (until !== null && until <= now) return { kind: 'leftOut', state: 'expired', title: nameOf(article), line }
  return { kind: 'article', article, line, from: from !== null && from > now ? from : null, until }
}

/** What people know an article by; the id of one without a title has its number in the file. */
const nameOf = ({ title, id }: Article): string => title || id
