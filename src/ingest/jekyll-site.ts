import { wildcardMatches } from './glob.ts'
import {
  folderNamed,
  isObject,
  notTooMany,
  type Pairs,
  plainPath,
  rulesWithin,
  type SiteRule,
  textsOf,
} from './site-rule.ts'

/**
 * The rules in the settings of a site of Jekyll's: `defaults`, of which that of the longest path counts, then that of a type, then the
 * last; and `exclude`, which `include` beats.
 * @see https://jekyllrb.com/docs/configuration/front-matter-defaults/
 */
export function jekyllRules(settings: Readonly<Record<string, unknown>>): readonly SiteRule[] {
  const { defaults, exclude, include, source } = settings
  const [out, kept] = [textsOf(exclude), textsOf(include)]
  notTooMany(out.length + kept.length)
  const rules = [defaults].flat().flatMap(defaultsIn).reverse()
  rules.sort((one, other) => other.scope.length - one.scope.length || Number(other.hasType) - Number(one.hasType))
  const excluded: SiteRule = {
    applies: (path) => out.some((one) => isMeant(one, path)) && !kept.some((one) => isMeant(one, path)),
    values: null,
  }
  const all: readonly SiteRule[] = [...rules, ...(out.length === 0 ? [] : [excluded]), ...hiddenFolders(settings, kept)]
  return rulesWithin(typeof source === 'string' ? folderNamed(source) : '', all)
}

/** Settings of Hexo, which is another generator, have these. */
const OF_HEXO = ['new_post_name', 'source_dir', 'render_drafts']

/** What begins with `_` is no page, but for posts, drafts, which are left out by their folder, and collections with an `output`. */
function hiddenFolders(settings: Readonly<Record<string, unknown>>, kept: readonly string[]): readonly SiteRule[] {
  if (OF_HEXO.some((name) => name in settings)) return []
  const { collections, collections_dir } = settings
  const made = isObject(collections)
    ? Object.entries(collections).flatMap(([name, of]) => (isObject(of) && of['output'] === true ? [`_${name}`] : []))
    : []
  const known = new Set(['_posts', '_drafts', ...made])
  const above = typeof collections_dir === 'string' ? folderNamed(collections_dir) : ''
  const isHidden = (path: string): boolean =>
    path
      .replace(/\/$/, '')
      .split('/')
      .some((name) => name.startsWith('_') && !known.has(name) && !kept.includes(name))
  return [{ values: null, applies: (path) => isHidden(path.startsWith(above) ? path.slice(above.length) : path) }]
}

interface Defaults extends SiteRule {
  readonly scope: string
  readonly hasType: boolean
}

function defaultsIn(one: unknown): readonly Defaults[] {
  if (!isObject(one) || !isObject(one['values'])) return []
  const { path, type } = isObject(one['scope']) ? one['scope'] : {}
  const scope = typeof path === 'string' ? plainPath(path) : ''
  const hasType = typeof type === 'string' && type !== ''
  const isOfType = (file: string): boolean =>
    !hasType || (type === 'pages' ? !/(?:^|\/)_/.test(file) : `/${file}`.includes(`/_${type}/`))
  const isInScope = (file: string): boolean =>
    scope === '' || (scope.includes('*') ? isBelow(scope, file) : file === scope || file.startsWith(`${scope}/`))
  const values: Pairs = Object.entries(one['values'])
  return [{ scope, hasType, values, applies: (file) => isOfType(file) && isInScope(file) }]
}

/** Whether a pattern means a file or a folder above it. */
function isBelow(pattern: string, file: string): boolean {
  for (let end = file.length; end > 0; end = file.lastIndexOf('/', end - 1))
    if (wildcardMatches(pattern, file.slice(0, end))) return true
  return false
}

/** As Jekyll compares them: names that begin so are meant, too, and stars reach over slashes. */
function isMeant(pattern: string, path: string): boolean {
  const plain = plainPath(pattern) + (pattern.endsWith('/') ? '/' : '')
  return plain.length > 1 && (path.startsWith(plain) || wildcardMatches(plain, path.replace(/\/$/, '')))
}
