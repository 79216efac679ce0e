import { describe, expect, it } from 'vitest'
import { escapeHtml, highlight } from '../../../src/search/present/highlight.ts'

const MARK = { pre: '<mark>', post: '</mark>' }

describe('escapeHtml', () => {
  it.each([
    ['', ''],
    ['Bücher 😀', 'Bücher 😀'],
    [`<a href="x" title='y'>&amp;`, '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;'],
    ['\ud800<', '\ud800&lt;'],
  ])('%j', (text, html) => {
    expect(escapeHtml(text)).toBe(html)
  })
})

interface HighlightCase {
  readonly why: string
  readonly text: string
  readonly stretch?: readonly [number, number]
  readonly ranges: readonly (readonly [number, number])[]
  readonly html: string
}

const CASES: readonly HighlightCase[] = [
  { why: 'nothing', text: '', ranges: [], html: '' },
  { why: 'no match', text: 'a < b', ranges: [], html: 'a &lt; b' },
  { why: 'the whole text', text: 'Haus', ranges: [[0, 4]], html: '<mark>Haus</mark>' },
  { why: 'two words', text: 'ein Haus, ein Hund', ranges: [[4, 8], [14, 18]], html: 'ein <mark>Haus</mark>, ein <mark>Hund</mark>' }, // biome-ignore format: one case a line
  {
    why: 'escaped within and without',
    text: '<b>&</b>',
    ranges: [[3, 4]],
    html: '&lt;b&gt;<mark>&amp;</mark>&lt;/b&gt;',
  },
  { why: 'a stretch only', text: 'ein Haus am See', stretch: [4, 11], ranges: [[4, 8]], html: '<mark>Haus</mark> am' },
  { why: 'a range before the stretch', text: 'ein Haus am See', stretch: [9, 15], ranges: [[4, 8]], html: 'am See' },
  { why: 'a range after the stretch', text: 'ein Haus am See', stretch: [0, 8], ranges: [[12, 15]], html: 'ein Haus' },
  {
    why: 'a range over the end is cut',
    text: 'ein Haus am See',
    stretch: [0, 6],
    ranges: [[4, 8]],
    html: 'ein <mark>Ha</mark>',
  },
  {
    why: 'a range over the beginning is cut',
    text: 'ein Haus',
    stretch: [6, 8],
    ranges: [[4, 8]],
    html: '<mark>us</mark>',
  },
  { why: 'tags in the text are no tags', text: '<mark>x', ranges: [[6, 7]], html: '&lt;mark&gt;<mark>x</mark>' },
]

describe('highlight', () => {
  it.each(CASES)('$why', ({ text, stretch = [0, text.length], ranges, html }) => {
    expect(highlight(text, stretch[0], stretch[1], ranges, MARK)).toBe(html)
  })

  it('takes the tags as they are', () => {
    const tags = { pre: '<b class="x">', post: '$&$1' }
    expect(highlight('ein Haus', 0, 8, [[4, 8]], tags)).toBe('ein <b class="x">Haus$&$1')
  })
})
