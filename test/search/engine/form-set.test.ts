import { describe, expect, it } from 'vitest'
import { FormSet } from '../../../src/search/engine/form-set.ts'

const membersOf = (set: FormSet, forms: number): number[] => [...Array(forms).keys()].filter((form) => set.has(form))

describe('sets of forms', () => {
  it('have what was added, at both ends of a word of bits', () => {
    const set = new FormSet(100)
    for (const form of [0, 31, 32, 99]) set.add(form)
    expect(membersOf(set, 100)).toEqual([0, 31, 32, 99])
  })

  it('begin empty in the room of one that was released', () => {
    const before = new FormSet(1000)
    for (let form = 0; form < 1000; form++) before.add(form)
    before.release()
    const [next, other] = [new FormSet(100), new FormSet(1000)]
    next.add(7)
    expect(membersOf(next, 100)).toEqual([7])
    expect(membersOf(other, 1000)).toEqual([])
  })

  it('have nothing after they were released, and share no room when that is done twice', () => {
    const set = new FormSet(64)
    set.add(5)
    set.release()
    set.release()
    expect(set.has(5)).toBe(false)
    const [one, other] = [new FormSet(64), new FormSet(64)]
    one.add(5)
    expect(other.has(5)).toBe(false)
  })

  it('take over those of a set in a larger room', () => {
    new FormSet(1000).release()
    const [larger, smaller] = [new FormSet(64), new FormSet(64)]
    larger.add(9)
    smaller.addAll(larger)
    expect(membersOf(smaller, 64)).toEqual([9])
  })
})
