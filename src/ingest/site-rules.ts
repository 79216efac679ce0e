import type { Dirent } from 'node:fs'
import { basename, join } from 'node:path'
import { isDocumentEnding } from './document-format.ts'
import { dataAmong, eleventyData, withoutEnding } from './eleventy-site.ts'
import { notSaid, withFallback } from './fallback-values.ts'
import { hugoSettings, type IndexPage, indexPages, partsOfPage, sectionRules } from './hugo-site.ts'
import { plainKey } from './plain-key.ts'
import { isPublic, publicationOf } from './publication.ts'
import { entriesIn, named, namesIn, textOf } from './settings-files.ts'
import type { FolderPlace, Pairs, SiteFacts, SiteRule, SiteSettings } from './site-rule.ts'
import { rankOf, settingsAmong } from './site-settings.ts'
import { settingsBeside, settingsHere } from './site-sources.ts'

type Entry = Pick<Dirent, 'isDirectory' | 'isSymbolicLink' | 'name'>

/** So many folders beside each other are asked whether they hold settings of pages beside them. */
const FOLDERS_MAX = 1000

interface Layer {
  /** With a slash at its end. */
  readonly folder: string
  readonly rules: readonly SiteRule[]
  /** Of single pages of the folder, by their names without ending. */
  readonly pages: ReadonlyMap<string, Pairs>
  /** Where all of it is one page to Hugo, that in its languages. */
  readonly index: readonly IndexPage[]
}

const NO_FACTS: SiteFacts = { zola: null, hugo: [], isEleventy: false, readmes: [] }

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
   * @param entries all that lies in it
   * @throws FundstelleError `site_settings_broken`: nobody knows then what of the folder is public
   */
  within(folder: string, place: string, entries: readonly Entry[]): SiteRules {
    const own = new Map(entries.map((entry) => [entry.name.normalize('NFC'), entry]))
    const known = [...own.keys()]
    const folders = known.filter((name) => isFolder(own.get(name))).slice(0, FOLDERS_MAX)
    const onDisk = (path: string): string => {
      const [first = '', ...rest] = path.split('/')
      return join(place, own.get(first)?.name ?? first, ...rest)
    }
    const text = (path: string): string | null => textOf(onDisk(path))
    let [layers, facts]: [readonly Layer[], SiteFacts] = [this.#layers, this.#facts]
    const rules: SiteRule[] = []
    const pages = new Map<string, Pairs>()
    const lists = new Map<string, readonly string[]>()
    const list = (path: string): readonly string[] => {
      const found = lists.get(path) ?? namesIn(onDisk(path))
      lists.set(path, found)
      return found
    }
    const at = (): FolderPlace => ({ folder, facts, names: known, folders, textOf: text, namesIn: list })
    const take = (settings: SiteSettings): void => {
      if (settings.isSite && layers === this.#layers) {
        layers = layers.map(withoutExclusions)
        facts = { ...NO_FACTS, readmes: facts.readmes }
      }
      rules.push(...settings.rules)
      for (const [page, values] of settings.pages ?? []) pages.set(page, [...values, ...(pages.get(page) ?? [])])
      facts = { ...facts, ...settings.facts }
    }
    const read = (path: string, by: typeof settingsHere): void => {
      try {
        const found = text(path)
        if (found !== null) take(by(found, { ...at(), name: basename(path) }))
      } catch (error) {
        throw named(error, path)
      }
    }
    for (const find of [hugoSettings, settingsBeside]) {
      const found = find(at())
      if (found !== null) take(found)
    }
    for (const name of settingsAmong(known)) read(name, settingsHere)
    for (const name of dataAmong(known, folder, facts)) if (rankOf(name) < 0) read(name, eleventyData)
    if (facts.zola === null) rules.push(...sectionRules(at()))
    const index = indexPages(at())
    if (index.length > 0) rules.push(partsOfPage(index.map(({ path }) => basename(path))))
    // MkDocs and Docusaurus have one page for a folder
    const isPage = (name: string): boolean =>
      !this.leavesOut(folder + name) && this.valuesFor(folder + name).length === 0
    if (facts.readmes.some((one) => folder.startsWith(one)) && known.some((name) => INDEX.test(name) && isPage(name)))
      rules.push(README_BESIDE_INDEX)
    if (rules.length === 0 && pages.size === 0 && facts === this.#facts) return this
    return new SiteRules([{ folder, rules, pages, index }, ...layers], facts)
  }

  /** The rules of a folder that is not listed, as those above a PATH. @throws FundstelleError as `within` does */
  above(folder: string, place: string): SiteRules {
    return this.within(folder, place, entriesIn(place))
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
    const index = isDocumentEnding(path) ? this.#layers.findLast((layer) => layer.index.length > 0)?.index : undefined
    if (index === undefined) return this.#ofFile(path)
    // a document is public where a page is that it lies beside
    return mostPublic(index.map((page) => withFallback(page.head, this.#ofFile(page.path)).filter(speaks)))
  }

  /** A file is public where one of the pages is that it is. */
  #ofFile(path: string): Pairs {
    const pages = this.#facts.hugo.find((site) => site.hasIn(path))?.pagesOf(path).length ?? 1
    if (pages <= 1) return this.#ofPage(path, 0)
    return mostPublic(Array.from({ length: pages }, (_, page) => this.#ofPage(path, page)))
  }

  #ofPage(path: string, page: number): Pairs {
    const found = new Map<string, readonly [string, unknown]>()
    const take = (values: Pairs): void => {
      for (const pair of values) if (!found.has(plainKey(pair[0]))) found.set(plainKey(pair[0]), pair)
    }
    for (const { folder, rules, pages } of this.#layers) {
      const below = path.slice(folder.length)
      if (pages.size > 0) take(pages.get(withoutEnding(below)) ?? [])
      for (const { values, applies } of rules) if (values !== null && applies(below, page)) take(values)
    }
    return notSaid([], [...found.values()]).filter(speaks)
  }
}

/** A link may lead to a folder. */
const isFolder = (entry: Entry | undefined): boolean =>
  entry !== undefined && (entry.isDirectory() || entry.isSymbolicLink())

const withoutExclusions = (layer: Layer): Layer => ({
  ...layer,
  rules: layer.rules.filter(({ values }) => values !== null),
})

const INDEX = /^index\.(?:mdx?|markdown|mdown|mkdn?)$/
const README_BESIDE_INDEX: SiteRule = {
  values: null,
  applies: (path) => /^README\.(?:mdx?|markdown|mdown|mkdn?)$/.test(path),
}

const NO_VALUES: Pairs = []

/** Folders around a PATH are asked for, too. */
const isBelow = (folder: string, path: string): boolean => path.length > folder.length && path.startsWith(folder)

function mostPublic(values: readonly Pairs[]): Pairs {
  const open = values.find((one) => isPublic(said(one))) ?? values.find((one) => said(one).state === null)
  return open ?? values[0] ?? NO_VALUES
}

const said = (values: Pairs) => publicationOf(values, { place: 'head' })

const spoken = new WeakMap<readonly [string, unknown], boolean>()

function speaks(pair: readonly [string, unknown]): boolean {
  const known = spoken.get(pair)
  if (known !== undefined) return known
  const does = !isPublic(said([pair]))
  spoken.set(pair, does)
  return does
}
