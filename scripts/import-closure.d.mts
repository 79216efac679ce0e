export interface ClosureModule {
  /** Relative to the root. */
  readonly file: string
  /** Without comments, white space, types and imports. */
  readonly code: string
  readonly imports: readonly { readonly names: string; readonly from: string }[]
}

export interface ImportClosure {
  readonly modules: readonly ClosureModule[]
  readonly packages: readonly string[]
}

export function importClosure(root: string, entries: readonly string[]): Promise<ImportClosure>
export function closureFingerprint(root: string, entries: readonly string[]): Promise<string>
