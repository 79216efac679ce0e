import type { DocumentVersion, SystemDocument, SystemIndex } from '../../src/opensearch/system-index.ts'

/** What all processes on a cluster share, in memory; it is not searched. */
export function systemIndexInMemory(): SystemIndex {
  const all = new Map<string, SystemDocument<string>>()
  let writes = 0
  const isSame = (a: DocumentVersion | null, b: DocumentVersion | null): boolean => a?.seqNo === b?.seqNo
  const versionOf = (id: string): DocumentVersion | null => all.get(id)?.version ?? null
  const index: Pick<SystemIndex, 'read' | 'write' | 'versions' | 'remove'> = {
    async read<T>(id: string) {
      const found = all.get(id)
      return found === undefined ? null : { value: JSON.parse(found.value) as T, version: found.version }
    },
    versions: async (ids) => ids.map(versionOf),
    async write(id, value, before) {
      if (!isSame(before, versionOf(id))) return null
      writes += 1
      const version = { seqNo: writes, primaryTerm: 1 }
      all.set(id, { value: JSON.stringify(value), version })
      return version
    },
    async remove(id) {
      all.delete(id)
    },
  }
  return index as SystemIndex
}
