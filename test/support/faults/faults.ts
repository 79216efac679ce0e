import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCE = fileURLToPath(new URL('faults.c', import.meta.url))
const COMPILERS = ['cc', 'gcc', 'clang']

/** What becomes of one call of a process that changes something below a folder. */
export interface Fault {
  /** Which call, from 1 on. */
  readonly at: number
  /** Only such calls are counted by `at`: kind and path below the folder, as `callsIn` has them. Default: all. */
  readonly of?: string
  /** The error it fails with, or the signal that ends the process in its place. */
  readonly by: 'EIO' | 'ENOSPC' | 'EROFS' | 'SIGKILL'
  /** Whether all later calls fail, too, except those that free space. */
  readonly on?: boolean
  /** Whether half of its bytes are written before, where it writes. */
  readonly torn?: boolean
}

/** Makes real processes fail at a call of the operating system; Linux alone can. */
export class Faults {
  readonly #library: string

  private constructor(library: string) {
    this.#library = library
  }

  /**
   * Compiles what is loaded into the processes.
   * @param folder for the compiled file
   * @returns why it cannot be done, where no compiler is there
   */
  static compile(folder: string): Faults | string {
    if (process.platform !== 'linux') return 'calls can be made to fail on Linux alone'
    const library = join(folder, 'faults.so')
    for (const compiler of COMPILERS) {
      const { error, status, stderr } = spawnSync(compiler, ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl'])
      if (error !== undefined) continue
      if (status !== 0) throw new Error(`${compiler}: ${stderr}`)
      return new Faults(library)
    }
    return `there is no C compiler (${COMPILERS.join(', ')})`
  }

  /**
   * The environment of a process whose calls are counted.
   * @param folder only calls on paths below it count
   * @param report a file outside of it that gets a line for each of them
   */
  environment(folder: string, report: string, fault?: Fault): NodeJS.ProcessEnv {
    const environment = { LD_PRELOAD: this.#library, FAULT_FOLDER: folder, FAULT_REPORT: report }
    if (fault === undefined) return environment
    const error = fault.by === 'SIGKILL' ? 0 : constants.errno[fault.by]
    return {
      ...environment,
      FAULT_AT: String(fault.at),
      ...(fault.of !== undefined && { FAULT_OF: fault.of }),
      FAULT_ERROR: String(error),
      FAULT_ON: fault.on === true ? '1' : '0',
      FAULT_TORN: fault.torn === true ? '1' : '0',
    }
  }
}

/** The calls that a report has: kind and path below the folder. */
export function callsIn(report: string): string[] {
  return readFileSync(report, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}
