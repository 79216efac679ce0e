import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { FundstelleError } from '../../src/errors.ts'
import { LiveIndex } from '../../src/index/live-index.ts'
import { BLOCK_BYTES } from '../../src/index/snapshot/block-hash.ts'
import { buildSnapshot, loadNewest } from '../../src/index/snapshot/catch-up.ts'
import { Generations } from '../../src/index/snapshot/generations.ts'
import { catchUp } from '../../src/index/snapshot/index-sink.ts'
import { type Manifest, readManifest } from '../../src/index/snapshot/manifest.ts'
import { readSnapshot } from '../../src/index/snapshot/snapshot-reader.ts'
import { writeSnapshot } from '../../src/index/snapshot/snapshot-writer.ts'
import { verify } from '../../src/index/snapshot/verify.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { articleOf, WORDS } from './articles.ts'
import { keywordOf, seededRandom } from './corpus.ts'
import { makeFolder, removeFolder } from './folders.ts'
import { analyzer, ask, comparable } from './memory-index.ts'

const ARTICLES = 60
const QUERIES = ['Grundwort', 'Kennwort7x0', 'Grundwort -Kennwort3x0', 'Haeuser', '"Kennwort9x0 Grundwort"']

/** A block of a file of a snapshot. */
export interface Block {
  readonly name: string
  /** Its bytes, both among them. */
  readonly first: number
  readonly last: number
}

/** A cache folder whose snapshot is damaged again and again. Its blocks are so small that a small index has several in each file. */
export class BlockCache {
  readonly cache: string
  readonly #root: string
  readonly #pristine: string
  readonly #store: ArticleStore
  readonly #manifest: Manifest
  readonly #answers: unknown

  private constructor(
    root: string,
    cache: string,
    pristine: string,
    store: ArticleStore,
    manifest: Manifest,
    answers: unknown,
  ) {
    this.#root = root
    this.cache = cache
    this.#pristine = pristine
    this.#store = store
    this.#manifest = manifest
    this.#answers = answers
  }

  static async make(blockBytes = BLOCK_BYTES): Promise<BlockCache> {
    const root = makeFolder()
    const [cache, pristine] = [join(root, 'cache'), join(root, 'pristine')]
    const store = ArticleStore.open(cache)
    fill(store)
    const identity = { fingerprint: 'probe', storeId: store.id }
    const generations = new Generations(cache)
    const { index } = await loadNewest(generations, store, identity)
    await catchUp(index, store, analyzer)
    writeSnapshot(generations.folder(1), index, identity, blockBytes)
    generations.makeCurrent(1)
    cpSync(generations.folder(1), pristine, { recursive: true })
    const live = await openedLive(cache, store, [])
    const answers = await answersOf(live)
    await live.close()
    return new BlockCache(root, cache, pristine, store, await readManifest(pristine), answers)
  }

  remove(): void {
    this.#store.close()
    removeFolder(this.#root)
  }

  get files(): Manifest['files'] {
    return this.#manifest.files
  }

  /** All blocks of all files. */
  blocks(): Block[] {
    const { blockBytes } = this.#manifest
    return Object.entries(this.files).flatMap(([name, { bytes, sha256 }]) =>
      sha256.map((_, block) => {
        const first = block * blockBytes
        return { name, first, last: Math.min(first + blockBytes, bytes) - 1 }
      }),
    )
  }

  path(name: string): string {
    return join(this.cache, 'gen-1', name)
  }

  /** Flips one bit; done again, it is as before. */
  flip(name: string, at: number, bit: number): void {
    const bytes = readFileSync(this.path(name))
    bytes[at] = (bytes[at] as number) ^ (1 << bit)
    writeFileSync(this.path(name), bytes)
  }

  /** The snapshot as it was written, in force and alone. */
  restore(): void {
    const { cache } = this
    for (const name of ['gen-1', 'gen-2']) rmSync(join(cache, name), { recursive: true, force: true })
    cpSync(this.#pristine, join(cache, 'gen-1'), { recursive: true })
    writeFileSync(join(cache, 'CURRENT'), 'gen-1\n')
  }

  /** What is said of the snapshot as it is; fails where it is read. */
  async complaint(): Promise<string> {
    const identity = { fingerprint: 'probe', storeId: this.#store.id }
    const error = await readSnapshot(join(this.cache, 'gen-1'), identity).then(
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
    expect(new Generations(this.cache).currentNumber()).toBe(2)
    expect((await verify(this.cache, analyzer, 'probe')).faults).toEqual([])
  }
}

/** Few words, so that no file is much longer than the others. */
function fill(store: ArticleStore): void {
  const random = seededRandom(8)
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)] as string
  store.transaction(() => {
    for (let number = 0; number < ARTICLES; number++) {
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
