import { readFileSync } from 'node:fs'
import { hasPagefindBody, isPage } from '../ingest/pagefind-site.ts'

/** What of the files under one PATH must be known to decide which of them are read. */
export interface Candidate {
  readonly path: string
  readonly absolutePath: string
  readonly state: string
  /** What the store keeps of when it was last read. */
  readonly known: string | null
}

/** Behind the state of a page: it marks its body; others of its folder do and it does not. */
const MARKED = ' body'
const LEFT_OUT = ' outside'

/**
 * Pagefind's rule about a site: where any page below a PATH marks its body, those that do not are left out. Which do is remembered
 * with the state of each file, so that no unchanged file is opened for it.
 * @returns each candidate with its full state, and whether it is left out
 */
export function applyPagefindRule<T extends Candidate>(
  candidates: readonly T[],
): readonly (T & { isLeftOut: boolean })[] {
  const marked = new Set(candidates.filter((one) => isPage(one.path) && isMarked(one)))
  return candidates.map((one) => {
    const isLeftOut = marked.size > 0 && isPage(one.path) && !marked.has(one)
    const suffix = marked.has(one) ? MARKED : isLeftOut ? LEFT_OUT : ''
    return { ...one, state: one.state + suffix, isLeftOut }
  })
}

function isMarked({ absolutePath, state, known }: Candidate): boolean {
  if (known === state + MARKED) return true
  if (known === state || known === state + LEFT_OUT) return false
  try {
    return hasPagefindBody(readFileSync(absolutePath))
  } catch {
    return false
  }
}
