import { fold } from './fold.ts'

const SIGNS = /[^\p{L}\p{M}\p{N}]/gu

/** By this words are sorted, and found by their beginning: folded, without hyphens and other signs. */
export const orderKey = (key: string): string => fold(key.replace(SIGNS, ''))
