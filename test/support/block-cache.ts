import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { FundstelleError } from '../../src/errors.ts'
import { LiveIndex } from '../../src/index/live-index.ts'
import { ArticleIndex } from '../../src/index/segment/segment.ts'
import { BLOCK_BYTES } from '../../src/index/snapshot/block-hash.ts'
import { buildSnapshot } from '../../src/index/snapshot/catch-up.ts'
import { Generations } from '../../src/index/snapshot/generations.ts'
import { catchUp } from '../../src/index/snapshot/index-sink.ts'
import { type Manifest, readManifest } from '../../src/index/snapshot/manifest.ts'
import { readSnapshot } from '../../src/index/snapshot/snapshot-reader.ts'
import { verify } from '../../src/index/snapshot/verify.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { articleOf, WORDS } from './articles.ts'
import { keywordOf, seededRandom } from './corpus.ts'
import { makeFolder, removeFolder } from './folders.ts'
import { analyzer, ask, comparable } from './memory-index.ts'
import { type Part, putPartsInForce } from './put-in-force.ts'

/** Of each segment, and how many of the first one are changed in the second. */
const ARTICLES = 60
const CHANGED = 20
const QUERIES = ['Grundwort', 'Kennwort7x0', 'Grundwort -Kennwort3x0', 'Haeuser', '"Kennwort9x0 Grundwort"']

/** The snapshot in force, and its segments. */
export const FOLDERS = ['seg-1', 'seg-2', 'gen-2'] as const
const GENERATION = 'gen-2'
export type Folder = (typeof FOLDERS)[number]

/** A block of a file of a snapshot. */
export interface Block {
  readonly folder: Folder
  readonly name: string
  /** Its bytes, both among them. */
  readonly first: number
  readonly last: number
}

/**
 * A cache folder whose snapshot is damaged again and again: of two segments, of the first of which some articles have gone. Its blocks are so small
 * that a small index has several in each file.
 */
export class BlockCache {
  readonly cache: string
  readonly #root: string
  readonly #pristine: string
  readonly #store: ArticleStore
  readonly #manifests: Readonly<Record<Folder, Manifest>>
  readonly #answers: unknown

  private constructor(
    root: string,
    cache: string,
    pristine: string,
    store: ArticleStore,
    manifests: Readonly<Record<Folder, Manifest>>,
    answers: unknown,
  ) {
    this.#root = root
    this.cache = cache
    this.#pristine = pristine
    this.#store = store
    this.#manifests = manifests
    this.#answers = answers
  }

  static async make(blockBytes = BLOCK_BYTES): Promise<BlockCache> {
    const root = makeFolder()
    const [cache, pristine] = [join(root, 'cache'), join(root, 'pristine')]
    const store = ArticleStore.open(cache)
    const parts: Part[] = []
    for (const first of [0, ARTICLES - CHANGED]) {
      const after = store.seqNo
      fill(store, first)
      const index = new ArticleIndex()
      index.seqNo = after
      await catchUp(index, store, analyzer)
      parts.push({ index })
    }
    const deletions = store.removedAfter((parts[0] as Part).index.seqNo, store.seqNo)
    parts[0] = { ...(parts[0] as Part), deletions }
    expect(deletions).toHaveLength(CHANGED)
    putPartsInForce(cache, parts, { fingerprint: 'probe', storeId: store.id }, blockBytes)
    const manifests = {} as Record<Folder, Manifest>
    for (const folder of FOLDERS) {
      cpSync(join(cache, folder), join(pristine, folder), { recursive: true })
      manifests[folder] = await readManifest(join(cache, folder))
    }
    const live = await openedLive(cache, store, [])
    const answers = await answersOf(live)
    await live.close()
    return new BlockCache(root, cache, pristine, store, manifests, answers)
  }

  remove(): void {
    this.#store.close()
    removeFolder(this.#root)
  }

  files(folder: Folder): Manifest['files'] {
    return this.#manifests[folder].files
  }

  /** All blocks of all files. */
  blocks(): Block[] {
    return FOLDERS.flatMap((folder) =>
      Object.entries(this.files(folder)).flatMap(([name, { bytes, sha256 }]) =>
        sha256.map((_, block) => {
          const { blockBytes } = this.#manifests[folder]
          const first = block * blockBytes
          return { folder, name, first, last: Math.min(first + blockBytes, bytes) - 1 }
        }),
      ),
    )
  }

  path(folder: Folder, name: string): string {
    return join(this.cache, folder, name)
  }

  /** Flips one bit; done again, it is as before. */
  flip(folder: Folder, name: string, at: number, bit: number): void {
    const path = this.path(folder, name)
    const bytes = readFileSync(path)
    bytes[at] = (bytes[at] as number) ^ (1 << bit)
    writeFileSync(path, bytes)
  }

  /** The snapshot as it was written, in force and alone. */
  restore(): void {
    for (const name of readdirSync(this.cache))
      if (/^(gen|seg)-/.test(name)) rmSync(join(this.cache, name), { recursive: true })
    for (const folder of FOLDERS) cpSync(join(this.#pristine, folder), join(this.cache, folder), { recursive: true })
    writeFileSync(join(this.cache, 'CURRENT'), `${GENERATION}\n`)
  }

  /** What is said of the snapshot as it is; fails where it is read. */
  async complaint(): Promise<string> {
    const identity = { fingerprint: 'probe', storeId: this.#store.id }
    const error = await readSnapshot(join(this.cache, GENERATION), identity).then(
      () => 'it was read',
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ code: 'snapshot_unsound' })
    return (error as FundstelleError).message
  }

  /** What opens the cache as it is says so, never answers otherwise than before, and makes another snapshot. */
  async expectMended(complaint: string): Promise<void> {
    const complaints: FundstelleError[] = []
    const live = await openedLive(this.cache, this.#store, complaints, async (opening) => {
      if (opening.ready) expect(await answersOf(opening), 'before there is a new one').toEqual(this.#answers)
    })
    try {
      expect(complaints.map(({ message }) => message)).toEqual([complaint])
      expect(await answersOf(live), 'of the new one').toEqual(this.#answers)
    } finally {
      await live.close()
    }
    expect(new Generations(this.cache).currentNumber()).toBe(3)
    expect((await verify(this.cache, analyzer, 'probe')).faults).toEqual([])
  }
}

/** Few words, so that no file is much longer than the others. Those that were there are changed. */
function fill(store: ArticleStore, first: number): void {
  const random = seededRandom(8 + first)
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)] as string
  store.transaction(() => {
    for (let number = first; number < first + ARTICLES; number++) {
      const text = `${keywordOf(number, 0)} Grundwort ${Array.from({ length: 50 }, word).join(' ')}`
      store.put(
        articleOf({ id: `a${number}`, title: word(), text, tags: [`t${number}`], meta: { zahl: number } }),
        null,
      )
    }
  })
}

async function answersOf(live: LiveIndex): Promise<unknown[]> {
  const all = []
  for (const query of QUERIES) all.push(comparable(await ask(live.engine, query)))
  return all
}

/** Opens a cache as a server does. Where a snapshot was found unsound, `meanwhile` runs before a new one is awaited. */
async function openedLive(
  cache: string,
  store: ArticleStore,
  complaints: FundstelleError[],
  meanwhile: (live: LiveIndex) => Promise<void> = async () => {},
): Promise<LiveIndex> {
  let rebuilt: () => void = () => {}
  const loaded = new Promise<void>((resolve) => {
    rebuilt = resolve
  })
  const live = await LiveIndex.open({
    cache,
    config: { analyzer, fingerprint: 'probe' },
    build: async () => {
      await buildSnapshot(cache, store, analyzer, 'probe')
    },
    onEvent: (event) => {
      if (event.kind === 'unsound') complaints.push(event.error)
      if (event.kind === 'loaded') rebuilt()
    },
  })
  if (complaints.length > 0) {
    await meanwhile(live)
    await loaded
  }
  return live
}
