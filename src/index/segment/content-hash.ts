import { createHash } from 'node:crypto'
import type { Article } from '../../article/article.ts'

const HIGH_BITS = 21

/**
 * A number of 53 bits that names an article's title and text: of a hundred thousand articles two different ones have the same with
 * a probability of one in a million (SHA-256, cut).
 */
export function contentOf({ title, text }: Pick<Article, 'title' | 'text'>): number {
  const hash = createHash('sha256').update(title).update('\0').update(text).digest()
  return hash.readUInt32LE(0) + (hash.readUInt32LE(4) >>> (32 - HIGH_BITS)) * 2 ** 32
}
