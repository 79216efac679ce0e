import { folderNamed, patternRule, rulesWithin, type SiteRule, textsOf } from './site-rule.ts'

/** Settings of Hexo, which Jekyll's of the same name do not have. */
const OWN_NAMES = ['new_post_name', 'source_dir', 'render_drafts']

export const isOfHexo = (settings: Readonly<Record<string, unknown>>): boolean =>
  OWN_NAMES.some((name) => name in settings)

/**
 * What Hexo makes no pages of: what begins with `_` but the folders of posts and drafts, and what `exclude` and `ignore` name; unless
 * `include` does.
 * @see https://hexo.io/docs/configuration#Include-Exclude-Files-or-Folders
 */
export function hexoRules({
  source_dir,
  exclude,
  ignore,
  include,
}: Readonly<Record<string, unknown>>): readonly SiteRule[] {
  const source = folderNamed(typeof source_dir === 'string' ? source_dir : 'source')
  // patterns are relative to the site, or to its sources
  const inSource = (patterns: unknown): readonly string[] =>
    textsOf(patterns).map((one) =>
      one.startsWith(source) ? one.slice(source.length - 1) : `/${one.replace(/^\//, '')}`,
    )
  const kept = inSource(include).map((one) => `!${one}`)
  const patterns = ['_*', '!/_posts', '!/_drafts', ...inSource(exclude), ...inSource(ignore), ...kept]
  return rulesWithin(source, [patternRule(patterns, null)])
}
