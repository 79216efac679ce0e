import type { Block } from './blocks.ts'
import { htmlToText } from './html-text.ts'

/** More boxes are no home page's. */
const BOXES_MAX = 100
const WORDS_LENGTH_MAX = 10_000

/** What the head of a home page says. */
export interface HomeHead {
  /** The words that are largest on the page; absent where there are none. */
  readonly title?: string
  readonly blocks: readonly Block[]
}

/**
 * The words of a home page whose text stands in its head: `hero` and `features` of VitePress and Starlight, `heroText`, `tagline` and `features`
 * of VuePress. Null for any other page.
 */
export function homeHead(entries: readonly (readonly [string, unknown])[]): HomeHead | null {
  const head = new Map(entries)
  const hero = membersOf(head.get('hero'))
  const isVuePress = head.get('home') === true
  if (hero === null && !isVuePress) return null
  const title = wordsOf(hero?.['name']) || wordsOf(hero?.['title']) || wordsOf(head.get('heroText'))
  const lines = [hero?.['text'], hero?.['tagline'], isVuePress ? head.get('tagline') : undefined]
  const features = head.get('features')
  const boxes = Array.isArray(features) ? features.slice(0, BOXES_MAX) : []
  return {
    ...(title !== '' && { title }),
    blocks: [
      ...lines.map((line): Block => ({ kind: 'paragraph', text: wordsOf(line) })),
      ...boxes.flatMap((box): Block[] => {
        const members = membersOf(box)
        return [
          { kind: 'heading', text: wordsOf(members?.['title']), level: 2 },
          { kind: 'paragraph', text: wordsOf(members?.['details']) },
        ]
      }),
    ].filter(({ text }) => text !== ''),
  }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

/** Such pages take HTML in all of these. */
const wordsOf = (value: unknown): string =>
  typeof value === 'string' ? htmlToText(value.slice(0, WORDS_LENGTH_MAX)).trim() : ''
