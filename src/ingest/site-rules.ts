import { opendirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { FundstelleError } from '../errors.ts'
import { decode } from './decode.ts'
import { isDocumentEnding } from './document-format.ts'
import { notSaid, withFallback } from './fallback-values.ts'
import { hugoSettings, type IndexPage, indexPages, partsOfPage, sectionRules } from './hugo-site.ts'
import { plainKey } from './plain-key.ts'
import { isPublic, publicationOf } from './publication.ts'
import { type Pairs, type SiteFacts, type SiteRule, type SiteSettings, settingsBroken } from './site-rule.ts'
import { dataAmong, readSettings, settingsAmong } from './site-settings.ts'
import { unreadable } from './unreadable.ts'

interface Layer {
  /** With a slash at its end. */
  readonly folder: string
  readonly rules: readonly SiteRule[]
  /** Where it is one page, in these languages. */
  readonly pages: readonly IndexPage[]
}

/** In bytes: larger settings are nobody's. */
const SETTINGS_BYTES_MAX = 1 << 20
/** Where a folder above a PATH holds more, settings behind these are not found. */
const NAMES_ABOVE_MAX = 10_000

/**
 * What generators say, in settings and sections above a file, about whether it is published: a file alone does not tell. Nearer
 * settings beat those further up.
 */
export class SiteRules {
  static readonly NONE = new SiteRules([], {
    ...{ isZola: false, hugo: [], isEleventy: false, readmes: [] },
  })

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
    let facts = this.#facts
    const rules: SiteRule[] = []
    const at = () => ({
      ...{ folder, facts },
      textOf: (other: string) => textOf(join(place, other)),
      namesIn: (other: string) => namesIn(join(place, other)),
    })
    const take = (settings: SiteSettings | null): void => {
      if (settings === null) return
      rules.push(...settings.rules)
      if (settings.facts !== undefined) facts = { ...facts, ...settings.facts }
    }
    const read = (path: string): void => {
      try {
        const text = textOf(join(place, path))
        if (text === null) return
        take(readSettings(text, { ...at(), name: basename(path) }))
      } catch (error) {
        throw named(error, path)
      }
    }
    take(telling(() => hugoSettings(names, at())))
    for (const name of settingsAmong(names)) read(name)
    for (const name of dataAmong(names, folder, facts)) read(name)
    if (!facts.isZola) rules.push(...telling(() => sectionRules(names, at())))
    const pages = indexPages(names, at())
    if (pages.length > 0) rules.push(partsOfPage(pages.map(({ path }) => basename(path))))
    if (rules.length === 0 && facts === this.#facts) return this
    return new SiteRules([{ folder, rules, pages }, ...this.#layers], facts)
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
    const layers = this.#layers.map(({ folder, rules, pages }) => ({
      ...{ folder, pages },
      rules: rules.filter(({ values }) => values !== null),
    }))
    return new SiteRules(layers, this.#facts)
  }

  /** What counts for a file where its own head says nothing else; only what speaks of publication. */
  valuesFor(path: string): Pairs {
    if (this.#layers.length === 0) return NO_VALUES
    const pages = isDocumentEnding(path) ? this.#layers.findLast((layer) => layer.pages.length > 0)?.pages : undefined
    return pages === undefined ? this.#given(path) : this.#ofPages(pages)
  }

  /** What counts for a document in the folder of a page: it is public where one of its languages is. */
  #ofPages(pages: readonly IndexPage[]): Pairs {
    const values = pages.map(({ path, head }) => withFallback(head, this.#given(path)).filter(speaks))
    return (
      values.find((one) => isPublic(said(one))) ?? values.find((one) => said(one).state === null) ?? values[0] ?? []
    )
  }

  #given(path: string): Pairs {
    const found = new Map<string, readonly [string, unknown]>()
    for (const { folder, rules } of this.#layers) {
      for (const { values, applies } of rules) {
        if (values === null || !applies(path.slice(folder.length))) continue
        for (const pair of values) if (!found.has(plainKey(pair[0]))) found.set(plainKey(pair[0]), pair)
      }
    }
    return notSaid([], [...found.values()]).filter(speaks)
  }
}

const NO_VALUES: Pairs = []

/** Folders around a PATH are asked for, too. */
const isBelow = (folder: string, path: string): boolean => path.length > folder.length && path.startsWith(folder)

const said = (values: Pairs) => publicationOf(values, { place: 'head' })

const spoken = new WeakMap<readonly [string, unknown], boolean>()

function speaks(pair: readonly [string, unknown]): boolean {
  const known = spoken.get(pair)
  if (known !== undefined) return known
  const does = !isPublic(said([pair]))
  spoken.set(pair, does)
  return does
}

/** Names that articles or other programs may have as well: of pages the beginning counts, what else cannot be read is nobody's settings. */
const PAGE = /^_?index\./i
const OTHERS = /^config\.|(?<!\.11tydata|^hugo)\.json$/i

/** The text of a file of settings; null where there is none. @throws FundstelleError where it cannot be read, and can be nothing else */
function textOf(path: string): string | null {
  const name = basename(path)
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats?.isFile() !== true) return null
    if (stats.size > SETTINGS_BYTES_MAX && !PAGE.test(name)) throw tooLarge(stats.size)
    return decode(readFileSync(path).subarray(0, SETTINGS_BYTES_MAX)).text
  } catch (error) {
    // what is wrong with them is told where they are read themselves
    if (PAGE.test(name) || OTHERS.test(name)) return null
    // a file called as the folder of Hugo's settings is
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return null
    throw error instanceof FundstelleError ? error : unreadable(error)
  }
}

function tooLarge(size: number): FundstelleError {
  return settingsBroken({ de: `${size} Bytes sind zu viel`, en: `${size} bytes are too many` }, null)
}

/** What is found; what is wrong with files names these. */
function telling<Found>(find: () => Found): Found {
  try {
    return find()
  } catch (error) {
    const file = error instanceof FundstelleError ? error.params['file'] : undefined
    throw typeof file === 'string' ? named(error, file) : error
  }
}

/** The error with the name of its file. */
function named(error: unknown, file: string): unknown {
  if (!(error instanceof FundstelleError)) return error
  const { where = { de: '', en: '' }, reason = { de: error.detail('de'), en: error.detail('en') } } =
    error.code === 'site_settings_broken' ? error.params : {}
  return new FundstelleError('site_settings_broken', { file, where, reason }, { cause: error })
}

/** What lies in a folder; nothing of one that cannot be listed. */
function namesIn(folder: string): readonly string[] {
  const names: string[] = []
  try {
    const listing = opendirSync(folder)
    try {
      for (let entry = listing.readSync(); entry !== null && names.length < NAMES_ABOVE_MAX; entry = listing.readSync())
        names.push(entry.name)
    } finally {
      listing.closeSync()
    }
  } catch {
    return names
  }
  return names
}
