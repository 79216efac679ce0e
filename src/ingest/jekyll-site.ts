import type { Dialect } from './glob-parts.ts'
import { pathGlob, pathGlobs } from './path-glob.ts'
import { folderNamed, isObject, type Pairs, plainPath, type SiteRule, type SiteSettings, textsOf } from './site-rule.ts'

/** The patterns of Ruby's `File.fnmatch` and `Dir.glob`. */
const FNMATCH: Dialect = { crossesSlashes: true }
const DIR_GLOB: Dialect = { hasFolders: true, hasBraces: true }

/**
 * The rules in the settings of a site of Jekyll's: `defaults`, of which that of the longest path counts, then that of a type, then the
 * last; and what it makes no pages of.
 * @see https://jekyllrb.com/docs/configuration/front-matter-defaults/
 */
export function jekyllSettings(settings: Readonly<Record<string, unknown>>): SiteSettings {
  const { collections_dir, defaults, destination, source } = settings
  const above = typeof collections_dir === 'string' ? folderNamed(collections_dir) : ''
  const collections = collectionsIn(settings['collections'], above)
  const isPage = (file: string): boolean =>
    !/(?:^|\/)_(?:posts|drafts)\//.test(file) && !collections.some(({ folder }) => file.startsWith(folder))
  const rules = [defaults].flat().flatMap((one) => defaultsIn(one, above, isPage))
  rules.reverse()
  rules.sort((one, other) => other.scope.length - one.scope.length || Number(other.hasType) - Number(one.hasType))
  const written = new Set(collections.filter(({ isWritten }) => isWritten).map(({ folder }) => folder.slice(0, -1)))
  const folder = typeof source === 'string' ? source : ''
  return {
    isSite: true,
    rules: [],
    made: textsOf(destination),
    sources: [{ folder, rules: [...rules, leftOut(settings, written), undatedPosts] }],
  }
}

interface Collection {
  /** With a slash at its end. */
  readonly folder: string
  readonly isWritten: boolean
}

/** @param above the folder of the collections */
function collectionsIn(collections: unknown, above: string): readonly Collection[] {
  const named = isObject(collections)
    ? Object.entries(collections)
    : textsOf(collections).map((name) => [name, null] as const)
  return named.map(([name, of]) => ({ folder: `${above}_${name}/`, isWritten: isObject(of) && isYes(of['output']) }))
}

/**
 * Of each folder Jekyll passes over what `exclude` names, and what begins with `_`, `#` or `~` but posts, drafts, which are left out by their folder,
 * and collections with an `output`; unless `include` names it. Folders above were asked for before.
 */
function leftOut({ exclude, include }: Readonly<Record<string, unknown>>, written: ReadonlySet<string>): SiteRule {
  const [isExcluded, isIncluded] = [meantBy(textsOf(exclude)), meantBy(textsOf(include))]
  return {
    values: null,
    applies: (path) => {
      const plain = path.replace(/\/$/, '')
      const name = plain.slice(plain.lastIndexOf('/') + 1)
      const isSpecial = /^[_#~]/.test(name) && !POSTS.has(name) && !written.has(plain)
      if (!isSpecial && !isExcluded(path)) return false
      return !isIncluded(path) && !isIncluded(path.slice(plain.length - name.length))
    },
  }
}

const POSTS: ReadonlySet<string> = new Set(['_posts', '_drafts'])

/** Without a date in its name a file among the posts is none. */
const undatedPosts: SiteRule = {
  values: null,
  applies: (path) =>
    `/${path}`.includes('/_posts/') && /[^/]$/.test(path) && !DATED.test(path.slice(path.lastIndexOf('/') + 1)),
}

const DATED = /^\d{2,4}-\d{1,2}-\d{1,2}-/

/** Ruby's readers of YAML know more words than `true`. */
const isYes = (value: unknown): boolean => value === true || (typeof value === 'string' && /^(?:yes|on)$/i.test(value))

interface Defaults extends SiteRule {
  readonly scope: string
  readonly hasType: boolean
}

/** Names of types before Jekyll 3. */
const OLD_TYPES: ReadonlyMap<string, string> = new Map([
  ['page', 'pages'],
  ['post', 'posts'],
  ['draft', 'drafts'],
])

/** @param collections the folder of the collections, which paths of scopes may leave out */
function defaultsIn(one: unknown, collections: string, isPage: (file: string) => boolean): readonly Defaults[] {
  if (!isObject(one) || !isObject(one['values'])) return []
  const { path, type } = isObject(one['scope']) ? one['scope'] : {}
  const inCollections = (file: string): string => (file.startsWith(collections) ? file.slice(collections.length) : file)
  const scope = typeof path === 'string' ? inCollections(plainPath(path)) : ''
  const hasType = typeof type === 'string' && type !== ''
  const ofType = hasType ? (OLD_TYPES.get(type) ?? type) : ''
  const isOfType = (file: string): boolean =>
    !hasType || (ofType === 'pages' ? isPage(file) : `/${file}`.includes(`/_${ofType}/`))
  // a scope without stars is the beginning of paths, not of names in them; with two at its end it means what lies in a folder
  const glob = scope.includes('*') ? pathGlob(`${scope.replace(/(?<=^|\/)\*\*$/, '*')}/**`, DIR_GLOB) : null
  const isInScope = (file: string): boolean => glob?.matches(file) ?? inCollections(file).startsWith(scope)
  const values: Pairs = Object.entries(one['values'])
  return [{ scope, hasType, values, applies: (file) => isOfType(file) && isInScope(file) }]
}

/** As Jekyll compares them: names that begin so are meant, too. */
function meantBy(patterns: readonly string[]): (path: string) => boolean {
  const named = patterns.filter((one) => plainPath(one) !== '')
  const plain = named.map(plainPath)
  const whole = named.map((one, at) => (one.endsWith('/') ? `${plain[at]}/` : `${plain[at]}`))
  const [glob, ofFolder] = [pathGlobs(whole, FNMATCH), pathGlobs(plain, FNMATCH)]
  return (path) =>
    whole.some((one) => path.startsWith(one)) ||
    glob.matches(path) ||
    (path.endsWith('/') && ofFolder.matches(path.slice(0, -1)))
}
