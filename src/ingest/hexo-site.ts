import { PICOMATCH } from './glob-parts.ts'
import { pathGlobs } from './path-glob.ts'
import { folderNamed, plainPath, type SiteRule, type SiteSettings, textsOf } from './site-rule.ts'

/** Settings of Hexo, which Jekyll's of the same name do not have. */
const OWN_NAMES = ['new_post_name', 'source_dir', 'public_dir', 'render_drafts', 'skip_render', 'post_asset_folder']

export const isOfHexo = (settings: Readonly<Record<string, unknown>>): boolean =>
  OWN_NAMES.some((name) => name in settings)

/**
 * What Hexo makes no pages of: what `exclude` and `ignore` name, and what lies in or is called as names that begin with `_` but those of
 * the folders of posts and drafts, unless `include` names it.
 * @see https://hexo.io/docs/configuration#Include-Exclude-Files-or-Folders
 */
export function hexoSettings({
  source_dir,
  public_dir = 'public',
  exclude,
  ignore,
  include,
}: Readonly<Record<string, unknown>>): SiteSettings {
  const folder = typeof source_dir === 'string' ? source_dir : 'source'
  const source = folderNamed(folder)
  // patterns are relative to the site, or to its sources
  const inSource = (patterns: unknown): readonly string[] =>
    textsOf(patterns)
      .map(plainPath)
      .map((one) => (one.startsWith(source) ? one.slice(source.length) : one))
  const included = inSource(include)
  // who names a folder means what lies in it
  const excluded = [...inSource(exclude), ...inSource(ignore)].map((one) => (one.includes('*') ? one : `${one}/**`))
  const isIncluded = pathGlobs(included, PICOMATCH)
  const isExcluded = pathGlobs(excluded, PICOMATCH)
  const isExcludedFolder = pathGlobs(
    excluded.filter((one) => one.endsWith('/**')),
    PICOMATCH,
  )
  const rule: SiteRule = {
    values: null,
    applies: (path) => {
      const plain = path.replace(/\/$/, '')
      const isSpecial = /(?:^|\/)_/.test(plain.replace(POSTS, ''))
      // Hexo asks for files alone, and a folder may hold what is included
      if (plain !== path) return isExcludedFolder.matches(plain) || (isSpecial && included.length === 0)
      return isExcluded.matches(path) || (isSpecial && !isIncluded.matches(path))
    },
  }
  const made = textsOf([public_dir, 'themes', 'scaffolds'])
  return { isSite: true, rules: [], made, sources: [{ folder, rules: [rule] }] }
}

const POSTS = /^_(?:posts|drafts)(?:\/|$)/
