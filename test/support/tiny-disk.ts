import { spawnSync } from 'node:child_process'
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './folders.ts'

const KB = 1024

/** A disk of its own for a cache folder; why there is none where it cannot be mounted. */
export class TinyDisk {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static mount(sizeKb: number): TinyDisk | string {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux may mount a tiny disk'
    const folder = temporaryFolder()
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKb}k`, 'tmpfs', folder])
    if (status !== 0) return `no tiny disk could be mounted: ${stderr ?? 'there is no mount'}`
    onTestFinished(() => void spawnSync('umount', [folder]))
    return new TinyDisk(folder)
  }

  /** Fills it but for so much. */
  fill(freeKb: number): void {
    this.empty()
    const { bavail, bsize } = statfsSync(this.folder)
    writeFileSync(this.#ballast, new Uint8Array(bavail * bsize - freeKb * KB))
  }

  empty(): void {
    rmSync(this.#ballast, { force: true })
  }

  get #ballast(): string {
    return join(this.folder, 'ballast')
  }
}
