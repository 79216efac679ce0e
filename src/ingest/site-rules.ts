import { basename, join } from 'node:path'
import { dataAmong, withoutEnding } from './eleventy-site.ts'
import { bundleRules } from './hugo-site.ts'
import { plainKey } from './plain-key.ts'
import { isPublic, publicationOf } from './publication.ts'
import { named, namesIn, textOf } from './settings-files.ts'
import type { Pairs, SiteFacts, SiteRule } from './site-rule.ts'
import { rankOf, readSettings, settingsAmong } from './site-settings.ts'

interface Layer {
  /** With a slash at its end. */
  readonly folder: string
  readonly rules: readonly SiteRule[]
  /** Of single pages of the folder, by their names without ending. */
  readonly pages: ReadonlyMap<string, Pairs>
}

const NO_FACTS: SiteFacts = { isZola: false, contents: null, language: null, isEleventy: false, readmes: [] }
/** Where Hugo's settings may lie instead of beside its contents. */
const HUGO_FOLDER = 'config'
const HUGO_FILES = ['hugo.toml', 'hugo.yaml', 'hugo.json', 'config.toml', 'config.yaml'].map(
  (name) => `_default/${name}`,
)

/**
 * What generators say, in settings and sections above a file, about whether it is published: a file alone does not tell. Nearer
 * settings beat those further up.
 */
export class SiteRules {
  static readonly NONE = new SiteRules([], NO_FACTS)

  /** The nearest first. */
  readonly #layers: readonly Layer[]
  readonly #facts: SiteFacts

  private constructor(layers: readonly Layer[], facts: SiteFacts) {
    this.#layers = layers
    this.#facts = facts
  }

  /**
   * The rules for what lies in a folder.
   * @param folder where rules have it: parted by `/`, with a slash at its end, in NFC
   * @param place where it lies
   * @param names of all that lies in it
   * @throws FundstelleError `site_settings_broken`: nobody knows then what of the folder is public
   */
  within(folder: string, place: string, names: readonly string[]): SiteRules {
    const own = new Map(names.map((name) => [name.normalize('NFC'), name]))
    const known = [...own.keys()]
    const text = (path: string): string | null => textOf(join(place, own.get(path) ?? path))
    let [layers, facts]: [readonly Layer[], SiteFacts] = [this.#layers, this.#facts]
    const rules: SiteRule[] = []
    const pages = new Map<string, Pairs>()
    const read = (path: string): void => {
      try {
        const found = text(path)
        if (found === null) return
        const settings = readSettings(found, { folder, name: basename(path), facts, textOf: text })
        if (settings.isSite && layers === this.#layers) {
          layers = layers.map(withoutExclusions)
          facts = { ...NO_FACTS, readmes: facts.readmes }
        }
        rules.push(...settings.rules)
        for (const [page, values] of settings.pages ?? []) pages.set(page, [...values, ...(pages.get(page) ?? [])])
        facts = { ...facts, ...settings.facts }
      } catch (error) {
        throw named(error, path)
      }
    }
    if (known.includes(HUGO_FOLDER)) for (const name of HUGO_FILES) read(join(HUGO_FOLDER, name))
    for (const name of settingsAmong(known)) read(name)
    for (const name of dataAmong(known, folder, facts)) if (rankOf(name) < 0) read(name)
    rules.push(...bundleRules(known, { folder, facts, textOf: text }))
    // MkDocs and Docusaurus have one page for a folder
    if (facts.readmes.some((one) => folder.startsWith(one)) && known.includes('index.md'))
      rules.push(README_BESIDE_INDEX)
    if (rules.length === 0 && pages.size === 0 && facts === this.#facts) return this
    return new SiteRules([{ folder, rules, pages }, ...layers], facts)
  }

  /** The rules of a folder that is not listed, as those above a PATH. @throws FundstelleError as `within` does */
  above(folder: string, place: string): SiteRules {
    return this.within(folder, place, namesIn(place))
  }

  /** Whether generators make no page of a file, or of what lies in a folder. @param path absolute, parted by `/`; of a folder with a slash at its end */
  leavesOut(path: string): boolean {
    return this.#layers.some(
      ({ folder, rules }) =>
        isBelow(folder, path) &&
        rules.some(({ values, applies }) => values === null && applies(path.slice(folder.length))),
    )
  }

  /** Whether a README is the page of its folder. @param path absolute, parted by `/` */
  takesReadme(path: string): boolean {
    return this.#facts.readmes.some((folder) => path.startsWith(folder))
  }

  /** The same, but nothing is left out by them: for what somebody named that they leave out. */
  withoutExclusions(): SiteRules {
    return new SiteRules(this.#layers.map(withoutExclusions), this.#facts)
  }

  /** What counts for a file where its own head says nothing else; only what speaks of publication. */
  valuesFor(path: string): Pairs {
    if (this.#layers.length === 0) return NO_VALUES
    const found = new Map<string, readonly [string, unknown]>()
    const take = (values: Pairs): void => {
      for (const pair of values) if (!found.has(plainKey(pair[0]))) found.set(plainKey(pair[0]), pair)
    }
    for (const { folder, rules, pages } of this.#layers) {
      const below = path.slice(folder.length)
      if (pages.size > 0) take(pages.get(withoutEnding(below)) ?? [])
      for (const { values, applies } of rules) if (values !== null && applies(below)) take(values)
    }
    return [...found.values()].filter(speaks)
  }
}

const withoutExclusions = (layer: Layer): Layer => ({
  ...layer,
  rules: layer.rules.filter(({ values }) => values !== null),
})

const README_BESIDE_INDEX: SiteRule = { values: null, applies: (path) => /^readme\.md$/i.test(path) }

const NO_VALUES: Pairs = []

/** Folders around a PATH are asked for, too. */
const isBelow = (folder: string, path: string): boolean => path.length > folder.length && path.startsWith(folder)

const spoken = new WeakMap<readonly [string, unknown], boolean>()

function speaks(pair: readonly [string, unknown]): boolean {
  const known = spoken.get(pair)
  if (known !== undefined) return known
  const does = !isPublic(publicationOf([pair], { place: 'head' }))
  spoken.set(pair, does)
  return does
}
