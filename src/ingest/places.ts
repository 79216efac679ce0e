import { DEFAULT_SETTINGS, MAYBE_HUGO_SETTINGS, OF_HUGO, SETTINGS_FOLDER, SPLIT_SETTINGS } from './hugo-files.ts'

/** Folders of generators that hold what pages are made of, or what was made of them: templates, styles, data, the finished site. */
const LAYOUTS = new Set(['_layouts', '_includes', '_sass', '_data', '_site', '_templates', '_themes', '_gen'])

/** Folders of generators, told by the settings beside them: so may a folder of articles be called, about gardens or models. */
const GENERATORS: readonly (readonly [settings: RegExp, folders: ReadonlySet<string>])[] = [
  [MAYBE_HUGO_SETTINGS, OF_HUGO],
  // the finished sites of Astro and Docusaurus; where others put theirs their settings tell
  [/^astro\.config\.[cm]?[jt]s$/, new Set(['dist'])],
  [/^docusaurus\.config\.[cm]?[jt]s$/, new Set(['build'])],
]

const isSettings = (name: string): boolean => SPLIT_SETTINGS.test(name)

/** Folders of programs from elsewhere. So may a folder of articles be called, about those who sell. */
const VENDOR = 'vendor'
/** What lies in it, or beside it, where package managers made it. */
const VENDOR_CONTENT = new Set(['bundle', 'cache', 'gems', 'ruby', 'autoload.php', 'composer', 'modules.txt'])
const VENDOR_BESIDE = new Set(['Gemfile', 'composer.json', '_config.yml', '_config.yaml', 'go.mod', 'package.json'])

/** Drafts of Jekyll and Hexo; who names the folder otherwise means the same. */
const DRAFTS = /(?:^|[\\/])_(?:drafts?|entwürfe|entwuerfe|entwurf)[\\/]/i

/**
 * Whether a folder holds no articles: by its name; some only beside the settings of their generator, `vendor` where it lies at the top, or where a package manager made it.
 * @param path relative to the PATH given, which itself is always read
 * @param beside what lies in the same folder
 * @param namesIn tells what lies in a folder, by its path from that one; asked for only where the rest does not tell
 */
export function isLayoutFolder(
  path: string,
  beside: readonly string[],
  namesIn: (path: string) => readonly string[],
): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (GENERATORS.some(([settings, folders]) => folders.has(name) && beside.some((one) => settings.test(one))))
    return true
  if (OF_HUGO.has(name) && beside.includes(SETTINGS_FOLDER) && namesIn(DEFAULT_SETTINGS).some(isSettings)) return true
  if (name !== VENDOR) return LAYOUTS.has(name)
  return (
    name === path ||
    beside.some((one) => VENDOR_BESIDE.has(one)) ||
    namesIn(name).some((one) => VENDOR_CONTENT.has(one))
  )
}

/**
 * Whether a file lies in a folder of drafts.
 * @param path the absolute one: drafts stay drafts where their folder is itself a PATH, as with `index blog/*`
 */
export function isInDrafts(path: string): boolean {
  return DRAFTS.test(path.normalize('NFC'))
}
