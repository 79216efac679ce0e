/** Where time is read, in milliseconds since any moment. */
export interface Clocks {
  /** What goes by. */
  readonly wall: () => number
  /** What the threads of this process got of processors, all together. */
  readonly processor: () => number
}

const CLOCKS: Clocks = {
  wall: () => performance.now(),
  processor: () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  },
}

/** What only waits is given so many times as long. */
const WAITING_MAX = 6

/**
 * Time as limits count it. On a machine that has much else to do a thread waits for a processor most of the time, and a sound document would
 * be taken for a hostile one: so only what the process got of processors counts where that is less than what went by. But a
 * sixth of that counts in any case, so that what does nothing comes to an end, too.
 */
export class WorkTime {
  readonly #clocks: Clocks
  #wall = 0
  #processor = 0

  constructor(clocks = CLOCKS) {
    this.#clocks = clocks
    this.restart()
  }

  restart(): void {
    this.#wall = this.#clocks.wall()
    this.#processor = this.#clocks.processor()
  }

  /** In milliseconds. */
  get counted(): number {
    const passed = this.passed
    return Math.max(passed / WAITING_MAX, Math.min(passed, this.#clocks.processor() - this.#processor))
  }

  /** What went by, in milliseconds. */
  get passed(): number {
    return this.#clocks.wall() - this.#wall
  }
}
