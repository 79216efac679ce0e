import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { addressesOf, markedWords, marksOf } from '../../../src/search/present/marks.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { articleOf } from '../../support/articles.ts'
import { askOf } from '../../support/memory-index.ts'
import { anyText } from '../../support/property.ts'

describe('addresses an article may be stored under', () => {
  it.each([
    ['https://www.beispiel.example/a/', 'https://www.beispiel.example/a'],
    ['https://www.beispiel.example/a', 'https://www.beispiel.example/a/'],
    ['https://www.beispiel.example/a/index.html', 'https://www.beispiel.example/a/'],
    ['https://www.beispiel.example/a', 'http://beispiel.example/a'],
    ['http://beispiel.example/a', 'https://www.beispiel.example/a'],
    ['https://beispiel.example/?p=7&mark=drohnen#unten', 'https://beispiel.example/?p=7'],
    ['https://beispiel.example/a?utm_source=x', 'https://beispiel.example/a'],
    ['https://beispiel.example/a.html', 'https://beispiel.example/a'],
    ['https://beispiel.example/a/b', '/a/b/'],
    ['https://beispiel.example/k%C3%A4se', 'https://beispiel.example/käse'],
    ['https://beispiel.example/k%C3%A4se/', '/käse'],
    ['https://xn--mller-kva.example/a', 'https://müller.example/a'],
    ['https://beispiel.example/?x=a%20b&y&mark=z', 'https://beispiel.example/?x=a%20b&y'],
    ['https://beispiel.example/?mark=z&x=a%20b', 'https://beispiel.example/?x=a%20b'],
    ['https://beispiel.example/?a=%ff&mark=z', 'https://beispiel.example/?a=%ff'],
    ['https://beispiel.example/?benchmark=1', 'https://beispiel.example/?benchmark=1'],
  ])('%s: also %s', (address, other) => expect(addressesOf(address)).toContain(other))

  it('one that names an article by its query is tried before the others', () => {
    const addresses = addressesOf('https://beispiel.example/?p=7&mark=x')
    expect(addresses.indexOf('https://beispiel.example/?p=7')).toBeLessThan(
      addresses.indexOf('https://beispiel.example/'),
    )
  })

  test('a run of slashes is gone through once', () => {
    // at 15,000 slashes a pattern that goes on to their end from each of them takes most of a second, at these a minute and a half
    const path = `${'/'.repeat(150_000)}x`
    expect(addressesOf(`http://a.example${path}`)).toContain(`${path}/`)
  })

  test('whatever comes, never fails', () => {
    fc.assert(fc.property(anyText, (text) => addressesOf(text)[0] === text))
  })
})

describe('words to mark', () => {
  const words = async (text: string, query: string): Promise<string[]> =>
    markedWords((await askOf([articleOf({ id: 'a', title: 'Drohnen', text })], query)).hits, new WorkBudget())

  it.each<[comment: string, text: string, query: string, expected: readonly string[]]>([
    [
      'other forms and parts of compounds',
      'Die Drohne und die Kurzstreckendrohnen.',
      'Drohne',
      ['Drohnen', 'Drohne', 'Kurzstreckendrohnen'],
    ],
    [
      'a phrase as a whole',
      'Am Runden\nTisch. Ein runder Tisch, rund.',
      '"runder Tisch"',
      ['Runden', 'Tisch', 'runder Tisch'],
    ],
    ['one blank for several', 'Ein runder \t Tisch.', '"runder Tisch"', ['runder Tisch']],
    ['beginnings side by side', 'Hafen Hafenamt.', 'Hafe*', ['Hafen', 'Hafenamt']],
    ['slips side by side', 'Hafen Wetter.', 'Hafn Wettr', ['Hafen', 'Wetter']],
    ['a phrase before a number', 'Ein runder Tisch 4 700.', '"runder Tisch" 4700', ['runder Tisch', '4 700']],
    ['a number of several pieces', 'Es sind 4 700 Stück.', '4700', ['4 700']],
    ['without soft hyphens', 'Von Kurz\u00adstrecken\u00addrohnen.', 'Drohne', ['Drohnen', 'Kurzstreckendrohnen']],
    ['what a slip was read as', 'Ein Hafen', 'Hafn', ['Hafen']],
    [
      'compounds of three parts beside the word itself',
      'Das Hochwasser. Ohne Hochwasserschutz.',
      'Hochwasser',
      ['Hochwasser', 'Hochwasserschutz'],
    ],
    ['nothing', 'Ein Hafen', 'Quastenflosser', []],
  ])('%s', async (_, text, query, expected) => expect(await words(text, query)).toEqual(expected))

  it('are two hundred at most', async () => {
    const letters = [...'abcdefghijklmnopqrst']
    const many = letters.flatMap((one) => letters.map((other) => `Verfass${one}${other}krx`))
    expect(await words(many.join(' '), 'Verfass*')).toEqual(many.slice(0, 200))
  })

  it('are slices of title and text', async () => {
    const article = articleOf({ id: 'a', title: 'Zwei Drohnen', text: 'Eine Drohne.' })
    const [hit] = (await askOf([article], 'Drohnen')).hits
    if (hit === undefined) throw new Error('no hit')
    const { title, text } = marksOf(hit, new WorkBudget())
    expect(title.map(([start, end]) => article.title.slice(start, end))).toEqual(['Drohnen'])
    expect(text.map(([start, end]) => article.text.slice(start, end))).toEqual(['Drohne'])
  })
})
