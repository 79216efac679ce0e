export const KINDS = ['home', 'page', 'section', 'taxonomy', 'term'] as const
export type Kind = (typeof KINDS)[number]

/** What a file is to Hugo. */
export interface HugoPage {
  /** Below the contents, in lower case, without ending and language, as targets have it: `/blog/beitrag`. */
  readonly path: string
  /** Null where the settings that tell it are not known, and its name tells none. */
  readonly language: string | null
  readonly kind: Kind
}

/** Hugo compares in lower case. */
export interface HugoGlob {
  /** @param text all of it, in lower case */
  matches(text: string): boolean
}

/** What the settings of a site of Hugo's tell about its files. All paths are absolute, those of folders with a slash at their ends. */
export interface HugoSite {
  /** Those that are published. */
  readonly languages: readonly string[]
  /** Whether something lies in the contents. */
  hasIn(path: string): boolean
  /** What a file is; nothing where Hugo makes no page of it. One that is mounted more than once is more than one page. */
  pagesOf(path: string): readonly HugoPage[]
  /** Whether a file is the page of its folder. */
  isIndex(path: string): boolean
  /** Whether Hugo passes over a file, or all of a folder. */
  leavesOut(path: string): boolean
  /** The folders elsewhere whose sections may speak of a folder, the nearest first. */
  besides(folder: string): readonly string[]
  /** A pattern that files are compared with; all those of a site have a bound. @throws FundstelleError `site_settings_broken` */
  glob(pattern: string): HugoGlob
}
