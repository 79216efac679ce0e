// The room `backup`: everything of a cache folder that cannot be made again, in one file, and back. It imports `store` and `registry`, and
// alone knows modern-tar; it carries out no task and indexes nothing.

import { join, posix } from 'node:path'
import { INDEXES_FOLDER } from '../registry/index-table.ts'
import { PAYLOADS_FOLDER } from '../registry/payload-folder.ts'
import { REGISTRY } from '../registry/schema.ts'
import { STORE_FILE } from '../store/article-store.ts'

/** What a backup is, in JSON; its first member. */
export const ABOUT = 'fundstelle.json'
/** The checksums of all others, as `sha256sum` writes and checks them; the last member, so a backup without it was cut off. */
export const CHECKSUMS = 'SHA256SUMS'

/** Of a backup's layout. Members lie as they do in a cache folder. */
export const BACKUP_FORMAT = 1

/** What `fundstelle.json` says. */
export interface BackupFacts {
  readonly format: number
  /** ISO 8601: the moment whose state it is. */
  readonly madeAt: string
  /** By name. */
  readonly indexes: readonly { readonly uid: string; readonly folder: string }[]
  /** Tasks that were not carried out yet. */
  readonly waitingTasks: number
}

export const REGISTRY_MEMBER = REGISTRY.file
export const storeMember = (folder: string): string => posix.join(folder.replaceAll('\\', '/'), STORE_FILE)
export const payloadMember = (file: string): string => posix.join(PAYLOADS_FOLDER, file)

const KNOWN = new RegExp(
  `^(?:${ABOUT}|${CHECKSUMS}|${REGISTRY_MEMBER}|(?:${INDEXES_FOLDER}/[0-9a-f-]{1,64}/)?${STORE_FILE}|${PAYLOADS_FOLDER}/[0-9a-z-]{1,64}\\.ndjson)$`.replaceAll(
    '.sqlite',
    '\\.sqlite',
  ),
)

/** Whether a backup has members of this name: none leads out of the folder it is put into. */
export const isMember = (name: string): boolean => KNOWN.test(name)

/** Where a member lies below a folder. */
export const pathOf = (folder: string, member: string): string => join(folder, ...member.split('/'))
