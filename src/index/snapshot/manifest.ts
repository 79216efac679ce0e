import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { FundstelleError } from '../../errors.ts'
import type { FileDigest } from './block-hash.ts'
import { readWhole, writeFlushed } from './checksummed-files.ts'
import { corrupt, corruptBy } from './corrupt.ts'
import { differInRulesAlone } from './fingerprint.ts'

/** Counted up with every change of what the files of a snapshot hold. */
const FORMAT = 10
const NAME = 'manifest.json'

/** What the files of a folder are, of a segment or of a generation. */
export interface Manifest {
  readonly format: number
  /** Of the analysis the terms were made by; another one makes the snapshot useless. */
  readonly fingerprint: string
  /** The store it was made from, and the change it stands at. */
  readonly storeId: string
  readonly change: number
  /** Living articles as it was written, and tokens including those of tombstones. */
  readonly articles: number
  readonly tokens: number
  /** So many bytes of a file have a checksum of their own. */
  readonly blockBytes: number
  readonly files: Readonly<Record<string, FileDigest>>
  /** Of everything above, so the whole is as strong as it: a changed digit in `change` would lose articles without a word. */
  readonly sha256: string
}

/** What a snapshot must agree with to be of use. */
export interface SnapshotIdentity {
  readonly fingerprint: string
  readonly storeId: string
}

/** Writes the manifest of a folder, which makes it one that can be used. */
export function writeManifest<Content extends Omit<Manifest, 'format' | 'sha256'>>(
  folder: string,
  content: Content,
): Content & Manifest {
  const sealed = { format: FORMAT, ...content }
  const manifest = { ...sealed, sha256: sealOf(sealed) }
  writeFlushed(join(folder, NAME), [new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)])
  return manifest
}

/**
 * @throws FundstelleError `snapshot_unsound` for anything but a manifest as it was written, in the format of today
 * @typeParam M what was written there: a generation has more than a segment
 */
export async function readManifest<M extends Manifest = Manifest>(folder: string): Promise<M> {
  const manifest = parsed<M>(folder, await readWhole(folder, NAME))
  const { format } = manifest
  if (format !== FORMAT)
    throw corrupt(folder, { de: `Format ${format}, erwartet ${FORMAT}`, en: `format ${format}, expected ${FORMAT}` })
  const { sha256, ...sealed } = manifest
  if (sha256 !== sealOf(sealed)) throw wrongChecksum(folder)
  const { blockBytes } = manifest
  if (!Number.isSafeInteger(blockBytes) || blockBytes < 1)
    throw corrupt(folder, { de: `blockBytes ist ${blockBytes}`, en: `blockBytes is ${blockBytes}` })
  return manifest
}

function parsed<M>(folder: string, manifest: Buffer): M {
  try {
    return JSON.parse(manifest.toString('utf8')) as M
  } catch (error) {
    throw corruptBy(join(folder, NAME), error)
  }
}

/**
 * @param path of the snapshot
 * @throws FundstelleError `snapshot_rules` or `snapshot_version` where it was made otherwise, `snapshot_unsound` where of another store
 */
export function checkIdentity(path: string, manifest: Manifest, identity: SnapshotIdentity): void {
  if (manifest.storeId !== identity.storeId)
    throw corrupt(path, { de: 'aus einem anderen Artikelspeicher gebaut', en: 'made from another store' })
  if (manifest.fingerprint === identity.fingerprint) return
  if (differInRulesAlone(manifest.fingerprint, identity.fingerprint))
    throw new FundstelleError('snapshot_rules', { path })
  throw new FundstelleError('snapshot_version', { path })
}

const wrongChecksum = (folder: string): FundstelleError =>
  corrupt(folder, { de: `${NAME} passt nicht zu seiner Prüfsumme`, en: `${NAME} does not match its checksum` })

const sealOf = (sealed: Omit<Manifest, 'sha256'>): string =>
  createHash('sha256').update(JSON.stringify(sealed)).digest('hex')
