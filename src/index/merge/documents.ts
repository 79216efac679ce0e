import { StringColumn } from '../arrays/string-table.ts'
import { foldedSlotsOf } from '../segment/case-folded-table.ts'
import type { PackedDocuments } from '../segment/documents.ts'
import { packedValueOrder } from '../segment/value-order.ts'
import type { Source } from './source.ts'

const DOCUMENTS = 'documents.bin'
const COLUMNS = ['times', 'lengths', 'seqNos', 'contents'] as const

/** What is kept of each article beside its words, of all that stay: it is small, and in memory. */
export function mergeDocuments(sources: readonly Source[]): PackedDocuments {
  const size = sources.reduce((sum, { articles }) => sum + articles, 0)
  const most = sources.reduce((sum, source) => sum + source.read(DOCUMENTS, (file) => file.lengthOf('ids.bytes')), 0)
  const ids = { bytes: new Uint8Array(most), ends: new Uint32Array(size) }
  const numbers = {
    times: new Float64Array(size),
    lengths: new Float64Array(size),
    seqNos: new Float64Array(size),
    contents: new Float64Array(size),
  }
  const titleLengths = new Uint8Array(size)
  let end = 0
  for (const source of sources) {
    source.read(DOCUMENTS, (file) => {
      const theirs = { bytes: file.u8('ids.bytes'), ends: file.u32('ids.ends') }
      const columns = COLUMNS.map((name) => [numbers[name], file.f64(name)] as const)
      const theirTitleLengths = file.u8('titleLengths')
      for (const [there, here] of source.docIds.entries()) {
        if (here < 0) continue
        const id = theirs.bytes.subarray(there === 0 ? 0 : theirs.ends[there - 1], theirs.ends[there])
        ids.bytes.set(id, end)
        end += id.length
        ids.ends[here] = end
        for (const [mine, their] of columns) mine[here] = their[there] as number
        titleLengths[here] = theirTitleLengths[there] as number
      }
    })
  }
  const packedIds = { bytes: ids.bytes.subarray(0, end), ends: ids.ends }
  const list = new StringColumn(packedIds)
  return {
    ids: packedIds,
    idOrder: packedValueOrder(list, false),
    idSlots: foldedSlotsOf(list),
    times: numbers.times,
    lengths: numbers.lengths,
    titleLengths,
    seqNos: numbers.seqNos,
    contents: numbers.contents,
    deletedDocs: new Uint8Array(size),
  }
}
