import { type ErrorParam, FundstelleError } from '../errors.ts'
import type { HugoSite } from './hugo-pages.ts'
import { IgnoreRules } from './ignore-rules.ts'

/** Names and values, as they stand in the head of a file. */
export type Pairs = readonly (readonly [string, unknown])[]

/** What a site's generator says about files below a folder. */
export interface SiteRule {
  /**
   * @param path relative to the folder, parted by `/`; of a folder with a slash at its end
   * @param page which of the pages it is that its file is, counted from 0
   */
  applies(path: string, page?: number): boolean
  /** As if they stood in the heads of these files, which beat them; null where the generator makes no pages of the files. */
  readonly values: Pairs | null
}

/** The languages of a site of Zola's; its main one no name of a file tells. */
export interface ZolaLanguages {
  readonly others: ReadonlySet<string>
}

/** What is known of the site that a folder is of. */
export interface SiteFacts {
  /** A site of Zola's: its sections look like those of Hugo's, and mean more. */
  readonly zola: ZolaLanguages | null
  /** Sites of Hugo's, where their settings are known. */
  readonly hugo: readonly HugoSite[]
  /** Data beside pages may hide them. */
  readonly isEleventy: boolean
  /** Folders, absolute and with a slash at their ends, in which a README is the page of its folder. */
  readonly readmes: readonly string[]
}

export interface SettingsPlace {
  /** The folder of the settings, absolute, parted by `/` and with a slash at its end. */
  readonly folder: string
  readonly name: string
  readonly facts: SiteFacts
  /** The text of another file, by its path from the folder; null where there is none. */
  textOf(path: string): string | null
  /** What lies in another folder, by its path from the folder; nothing where there is none. */
  namesIn(path: string): readonly string[]
}

/** A folder of pages, and what lies in it. */
export interface FolderPlace extends Omit<SettingsPlace, 'name'> {
  readonly names: readonly string[]
  /** Those of folders in it, up to a bound. */
  readonly folders: readonly string[]
}

/** A folder of pages that settings name. */
export interface Source {
  /** From the folder of the settings, or absolute. */
  readonly folder: string
  /** For paths from it. */
  readonly rules: readonly SiteRule[]
  /** A README in it is the page of its folder. */
  readonly hasReadmes?: true
}

/** What a file of settings says. */
export interface SiteSettings {
  readonly sources?: readonly Source[]
  /** Folders that hold what was made of the pages, or what these are made with: from the folder of the settings, or absolute. */
  readonly made?: readonly string[]
  readonly rules: readonly SiteRule[]
  /** Values of single pages of the folder, by their names without ending. */
  readonly pages?: readonly (readonly [string, Pairs])[]
  readonly facts?: Partial<SiteFacts>
  /** The folder is that of a site, in which sites around it make no pages. */
  readonly isSite?: true
}

/** What generators copy as it is, beside the pages they make. */
export const STATIC = '*.txt'
/** What begins so is a part of pages to Astro, Docusaurus, Nuxt, Quarto and bookdown; not the posts of a Jekyll site among them. */
export const PARTS = ['_*', '!_posts', '!_drafts'] as const

/** Patterns of one file: each is tried on each file below. */
const PATTERNS_MAX = 500

export const always = (): boolean => true

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The texts of a list, or the one that stands for it. */
export function textsOf(list: unknown): readonly string[] {
  return [list].flat().filter((one) => typeof one === 'string')
}

/** Patterns in the syntax of `.gitignore`. @throws FundstelleError `ignore_pattern`, `site_settings_broken` */
export function patternRule(patterns: readonly string[], values: Pairs | null): SiteRule {
  notTooMany(patterns.length)
  const rules = IgnoreRules.of(patterns)
  return { applies: (path) => rules.leavesOut(`/${path}`), values }
}

/** A folder that settings name, without a slash at its beginning and with one at its end; empty for that of the settings. */
export function folderNamed(name: string): string {
  const plain = plainPath(name)
  return plain === '' ? '' : `${plain}/`
}

/** A path without slashes at its ends, and without steps that lead nowhere. */
export function plainPath(path: string): string {
  return path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .join('/')
}

/** @throws FundstelleError `site_settings_broken` */
export function notTooMany(patterns: number): void {
  if (patterns > PATTERNS_MAX)
    throw settingsBroken({ de: `mehr als ${PATTERNS_MAX} Muster`, en: `more than ${PATTERNS_MAX} patterns` }, null)
}

/** What is wrong with settings; their name is told by whoever reads them. */
export function settingsBroken(reason: ErrorParam, line: number | null): FundstelleError {
  return new FundstelleError('site_settings_broken', { file: '', where: lineNamed(line), reason })
}

/** The error of settings with the name of another file than the one asked for, by its path from that. */
export function inFile(error: unknown, file: string): unknown {
  if (!(error instanceof FundstelleError) || error.code !== 'site_settings_broken') return error
  return new FundstelleError('site_settings_broken', { ...error.params, file }, { cause: error })
}

/** A line of a file, behind its name. */
export function lineNamed(line: unknown): ErrorParam {
  return typeof line === 'number' ? { de: `, Zeile ${line}`, en: `, line ${line}` } : { de: '', en: '' }
}
