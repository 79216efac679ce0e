import { fold } from './fold.ts'

/** Most words have nothing but these: that is told faster. */
const PLAIN = /^[a-zäöüß0-9]*$/
const SIGNS = /[^\p{L}\p{M}\p{N}]/gu

/** By this words are sorted, and found by their beginning: folded, without hyphens and other signs. */
export const orderKey = (key: string): string => fold(PLAIN.test(key) ? key : key.replace(SIGNS, ''))
