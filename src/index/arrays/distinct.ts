/** Tells which of some numbers come for the first time, round by round: a set that is emptied in no time. */
export class Distinct {
  /** By number the round it came in last. */
  #rounds = new Uint32Array(0)
  #round = 0

  /** @param size all numbers of the next round are below */
  begin(size: number): void {
    if (this.#rounds.length < size) {
      this.#rounds = new Uint32Array(Math.ceil(size * 1.5))
      this.#round = 0
    }
    this.#round += 1
  }

  /** Whether a number comes for the first time in this round. */
  isFirst(number: number): boolean {
    if (this.#rounds[number] === this.#round) return false
    this.#rounds[number] = this.#round
    return true
  }
}
