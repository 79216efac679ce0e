/** Names and values, as they stand in the head of a file. */
export type Pairs = readonly (readonly [string, unknown])[]

/** What a site's generator says about files below a folder. */
export interface SiteRule {
  /** @param path relative to the folder, parted by `/`; of a folder with a slash at its end */
  applies(path: string): boolean
  /** As if they stood in the heads of these files, which beat them; null where the generator makes no pages of the files. */
  readonly values: Pairs | null
}

/** Where a generator's settings were found. */
export interface SettingsPlace {
  /** The folder, absolute, parted by `/` and with a slash at its end. */
  readonly folder: string
  readonly name: string
  /** Set within a site of Zola's, whose sections look like those of Hugo's. */
  readonly isZola: boolean
}

export const everything = (): boolean => true
