import { join } from 'node:path'
import { makeFolder } from '../../make-folder.ts'
import { packColumns } from '../arrays/packed-file.ts'
import { NearDuplicates } from '../docset/near-duplicates.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { BLOCK_BYTES } from './block-hash.ts'
import { writeUnflushed } from './checksummed-files.ts'
import { partsFolder } from './large-backlog.ts'
import type { Manifest } from './manifest.ts'
import type { SegmentSize } from './merge-policy.ts'
import { packedIndexOf } from './packed-index.ts'
import { unwritable } from './unwritable.ts'

/**
 * A part of an index that was put on the disk to make room in memory, until all parts are joined: the files of a segment that this takes, without what is worked
 * out from them, and without a manifest, so that nobody takes it for a segment.
 */
export interface SealedPart extends SegmentSize {
  readonly folder: string
  /** The last change of the store that it has. */
  readonly change: number
  readonly manifest: Pick<Manifest, 'files' | 'blockBytes'>
}

/** Puts an index into a folder of this name, see `partsFolder`. It need not outlast a loss of power. */
export function sealPart(cache: string, name: string, index: ArticleIndex): SealedPart {
  try {
    return sealed(join(partsFolder(cache), name), index)
  } catch (error) {
    throw unwritable(cache, error)
  }
}

function sealed(folder: string, index: ArticleIndex): SealedPart {
  makeFolder(folder)
  const { vocabulary, postings, forward, documents, fields } = packedIndexOf(index)
  const columns = {
    'vocabulary.bin': vocabulary,
    'documents.bin': documents,
    'forward.bin': forward,
    'fields.bin': fields,
    'postings.bin': postings,
    'duplicates.bin': { signatures: new NearDuplicates(index, false).packSignatures() },
  }
  const files = Object.fromEntries(
    Object.entries(columns).map(([name, packed]) => [name, writeUnflushed(join(folder, name), packColumns(packed))]),
  )
  return {
    folder,
    change: index.seqNo,
    docs: index.documents.size,
    articles: index.documents.liveCount,
    tokens: index.forward.tokens,
    manifest: { files, blockBytes: BLOCK_BYTES },
  }
}
