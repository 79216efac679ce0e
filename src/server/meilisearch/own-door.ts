import type { Context, MiddlewareHandler } from 'hono'
import { FundstelleError } from '../../errors.ts'
import { MAIN_INDEX, type NamedIndex, settingsOf } from '../../registry/index-table.ts'
import { ApiError } from './api-error.ts'
import type { ApiContext } from './context.ts'
import { authenticate } from './require-action.ts'
import { isShown } from './search-rules.ts'

/**
 * The door of Fundstelle's own routes: open for the index of the site's articles unless the server is private; any other index needs a key
 * that may search it. A key or token with rules for searches is refused: these routes know nothing of such rules, and would be a way
 * around them. So is whoever asks for an index that searches what it does not show: texts and snippets would show it.
 * @param open the index that is open unless the server is private
 * @param indexOf which index a request is about; null for that one
 */
export function ownDoor(
  context: ApiContext,
  isPrivate: boolean,
  open: string = MAIN_INDEX,
  indexOf: (c: Context) => string | null = () => null,
): MiddlewareHandler {
  return async (c, next) => {
    const indexUid = indexOf(c) ?? open
    if (isPrivate || indexUid !== open) checkOwnAccess(context, c, indexUid)
    if (hidesText(context, indexUid)) throw new FundstelleError('index_hides_text', { index: indexUid })
    await next()
  }
}

/** By the settings that were given: both lists may be long, and every request asks. */
const HIDING = new WeakMap<NamedIndex['set'], boolean>()

/** Whether some attribute is searched, but not displayed. */
function hidesText({ registry }: ApiContext, indexUid: string): boolean {
  const index = registry.indexes.get(indexUid)
  if (index === undefined) return false
  const known = HIDING.get(index.set)
  if (known !== undefined) return known
  const { displayedAttributes: displayed, searchableAttributes } = settingsOf(index)
  const hides = !displayed.includes('*') && searchableAttributes.some((attribute) => !isShown(attribute, { displayed }))
  HIDING.set(index.set, hides)
  return hides
}

/** @throws FundstelleError `key_missing`, `key_refused` or `too_many_requests` */
export function checkOwnAccess(context: ApiContext, c: Context, indexUid: string): void {
  try {
    const { filter, forced, displayed } = authenticate(context, c, 'search').searchRulesFor(indexUid)
    if (filter !== undefined || displayed !== undefined || Object.keys(forced).length > 0)
      throw new FundstelleError('key_refused')
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.code === 'missing_authorization_header') throw new FundstelleError('key_missing', {}, { cause: error })
    if (error.code !== 'too_many_requests') throw new FundstelleError('key_refused', {}, { cause: error })
    const [, max = ''] = /q=(\d+)/.exec(error.headers['ratelimit-policy'] ?? '') ?? []
    const seconds = error.headers['retry-after'] ?? ''
    throw new FundstelleError('too_many_requests', { max, seconds }, { cause: error })
  }
}
