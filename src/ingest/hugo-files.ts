// How Hugo calls its files.

/** Settings that Hugo alone calls so. */
export const HUGO_SETTINGS = /^hugo\.(?:toml|ya?ml|json)$/
/** The same, and as Hugo called them first; any program may call its settings so. */
export const MAYBE_HUGO_SETTINGS = /^(?:hugo|config)\.(?:toml|ya?ml|json)$/

/** The settings of which Hugo reads one, the first that there is. */
export const ROOT_SETTINGS: readonly string[] = ['hugo', 'config'].flatMap((name) =>
  ['toml', 'yaml', 'yml', 'json'].map((ending) => `${name}.${ending}`),
)

/** The folder for settings in many files, and those in it that count for what is published, later ones more. */
export const SETTINGS_FOLDER = 'config'
export const ENVIRONMENT = 'production'
export const DEFAULT_SETTINGS = `${SETTINGS_FOLDER}/_default`
export const ENVIRONMENT_SETTINGS = `${SETTINGS_FOLDER}/${ENVIRONMENT}`
export const SPLIT_SETTINGS = /^([^.]+)(?:\.([^.]+))?\.(?:toml|ya?ml|json)$/

/** Folders of a site that hold what pages are made with. */
export const OF_HUGO: ReadonlySet<string> = new Set(['layouts', 'themes', 'archetypes'])

/** Files that Hugo makes pages of. */
export const PAGE_ENDING = /\.(?:md|mdown|markdown|html?|adoc|asciidoc|ad|rst|org|pandoc|pdc)$/i
/** What may be the page of a section, in some language. */
export const isSectionName = (name: string): boolean => /^_index\./i.test(name) && PAGE_ENDING.test(name)
