import { describe, expect, it } from 'vitest'
import { ALONE, Duplicates, type Groups } from '../../src/index/duplicates.ts'
import { articleOf } from '../support/articles.ts'
import { indexOf } from '../support/memory-index.ts'

const words = (count: number, from = 0): string[] => Array.from({ length: count }, (_, at) => `wort${from + at}x`)
const groupsOf = ({ of }: Groups): number[] => Array.from(of)

const LONG = words(60)
const CHANGED = LONG.with(20, 'anders')
const articles = [
  articleOf({ id: 'a', title: 'Titel', text: LONG.join(' ') }),
  articleOf({ id: 'b', title: 'Titel', text: LONG.join(' '), date: '2024-01-01' }),
  articleOf({ id: 'c', title: 'Titel', text: CHANGED.join(' ') }),
  articleOf({ id: 'd', title: 'Titel', text: words(60, 100).join(' ') }),
  articleOf({ id: 'e', title: '', text: words(10, 200).join(' ') }),
  articleOf({ id: 'f', title: '', text: words(10, 200).with(5, 'anders').join(' ') }),
]

describe('duplicates', () => {
  it('exact: the same title and text, whatever else differs', () => {
    const groups = groupsOf(new Duplicates(indexOf(articles)).exact())
    expect(groups).toEqual([0, 0, ALONE, ALONE, ALONE, ALONE])
  })

  it('near: also texts with a word changed, but not short ones', () => {
    const duplicates = new Duplicates(indexOf(articles))
    expect(groupsOf(duplicates.near())).toEqual([0, 0, 0, ALONE, ALONE, ALONE])
    expect(duplicates.alike(2)).toEqual([0, 1])
    expect(duplicates.alike(4)).toEqual([])
  })

  it('follow articles that come and go', () => {
    const index = indexOf(articles)
    const duplicates = new Duplicates(index)
    expect(groupsOf(duplicates.near()).slice(0, 3)).toEqual([0, 0, 0])
    index.remove(1)
    expect(groupsOf(duplicates.exact()).slice(0, 3)).toEqual([ALONE, ALONE, ALONE])
    expect(groupsOf(duplicates.near()).slice(1, 3)).toEqual([1, 1])
  })
})
