import { folderNamed, patternRule, type SiteSettings, textsOf } from './site-rule.ts'

/** Settings of Hexo, which Jekyll's of the same name do not have. */
const OWN_NAMES = ['new_post_name', 'source_dir', 'render_drafts']

export const isOfHexo = (settings: Readonly<Record<string, unknown>>): boolean =>
  OWN_NAMES.some((name) => name in settings)

/**
 * What Hexo makes no pages of: what begins with `_` but the folders of posts and drafts, and what `exclude` and `ignore` name; unless
 * `include` does.
 * @see https://hexo.io/docs/configuration#Include-Exclude-Files-or-Folders
 */
export function hexoSettings({
  source_dir,
  exclude,
  ignore,
  include,
}: Readonly<Record<string, unknown>>): SiteSettings {
  const folder = typeof source_dir === 'string' ? source_dir : 'source'
  const source = folderNamed(folder)
  // patterns are relative to the site, or to its sources
  const inSource = (patterns: unknown): readonly string[] =>
    textsOf(patterns).map((one) =>
      one.startsWith(source) ? one.slice(source.length - 1) : `/${one.replace(/^\//, '')}`,
    )
  const kept = inSource(include).map((one) => `!${one}`)
  const patterns = ['_*', '!/_posts', '!/_drafts', ...inSource(exclude), ...inSource(ignore), ...kept]
  return { isSite: true, rules: [], sources: [{ folder, rules: [patternRule(patterns, null)] }] }
}
