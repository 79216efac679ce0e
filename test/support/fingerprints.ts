import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { ENTRIES } from '../../scripts/fingerprints.mjs'
import { closureFingerprint } from '../../scripts/import-closure.mjs'
import type { Fingerprinted } from '../../src/fingerprint.ts'
import { projectRoot } from './clean-copy.ts'
import { temporaryFolder } from './folders.ts'

/** The project's sources in a folder of their own, with the packages of the project. */
export function copyOfSources(): string {
  const root = temporaryFolder()
  cpSync(join(projectRoot, 'src'), join(root, 'src'), { recursive: true })
  for (const name of ['tsconfig.json', 'tsconfig.base.json']) cpSync(join(projectRoot, name), join(root, name))
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'))
  return root
}

export type Prints = Readonly<Record<Fingerprinted, string>>

/** The three fingerprints of sources in such a folder. */
export async function printsOf(root: string): Promise<Prints> {
  const [index, readers, program] = await Promise.all([
    closureFingerprint(root, ENTRIES.index),
    closureFingerprint(root, ENTRIES.readers),
    closureFingerprint(root, ENTRIES.program),
  ])
  return { index, readers, program }
}

/** The fingerprints that are others, by name. */
export const changedParts = (before: Prints, after: Prints): string =>
  (['index', 'readers', 'program'] as const).filter((part) => before[part] !== after[part]).join(' ')
