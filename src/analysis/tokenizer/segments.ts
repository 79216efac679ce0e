import { isAmpersand, isCapitalAt, isHyphen, isMiddleDot } from './characters.ts'
import { ownCopy } from './copy.ts'

/** A stretch of a word between inner hyphens or other signs that join words; a word without any has one. Offsets count from the word's start. */
export interface Segment {
  readonly start: number
  readonly end: number
  /** In lower case, NFC, without invisible characters. */
  readonly key: string
}

/** Soft hyphens and the like, the dots of easy language, and what divides a word at the end of a line. */
const INVISIBLE = /(?:[\u00ad\u200b-\u200d\u2060\ufeff·‧•⋅]|[-‐‑\u00ad]\n)/g
/** Longer forms are indexed by their first letters: no German word needs more, and hostile ones cost no more. */
const MAX_KEY = 256
/** So much of a form is read for its key: invisible characters and marks that composition takes in come on top. */
const SURFACE_MAX = 4 * MAX_KEY
const LETTERS = /[^\p{M}](?:[-‐‑\u00ad]\n|[\p{M}\u00ad\u200b-\u200d\u2060\ufeff·‧•⋅])*/gu

/** In NFC, as far as a form is read: normalising is not linear in runs of marks. */
export const composed = (surface: string): string => surface.slice(0, SURFACE_MAX).normalize('NFC')

export const keyOf = (surface: string): string =>
  isPlainLatin(surface)
    ? surface.toLowerCase()
    : composed(surface.slice(0, SURFACE_MAX).replace(INVISIBLE, ''))
        .toLowerCase()
        .replace(/[’ʼ]/g, "'")
        .replaceAll('ſ', 's')

/** Whether nothing but capitals is changed for a key: visible characters of ASCII, and letters of Latin-1. */
function isPlainLatin(surface: string): boolean {
  if (surface.length > SURFACE_MAX) return false
  for (let i = 0; i < surface.length; i++) {
    const code = surface.charCodeAt(i)
    if ((code < 0x20 || code > 0x7e) && (code < 0xc0 || code > 0xff)) return false
  }
  return true
}

/** Whether a form is letters of Latin-1 alone, and none cut off: it is one segment, its key its letters in lower case. */
export function isPlainWord(surface: string): boolean {
  if (surface.length > MAX_KEY || surface.length === 0) return false
  for (let i = 0; i < surface.length; i++) {
    const code = surface.charCodeAt(i)
    const isAscii = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
    if (!isAscii && (code < 0xc0 || code > 0xff || code === 0xd7 || code === 0xf7)) return false
  }
  return true
}

/** The stretches of a word, as far as their keys together are not longer than MAX_KEY: the keys decide everything else. */
export function segmentsOf(surface: string): Segment[] {
  const segments: Segment[] = []
  let start = 0
  let left = MAX_KEY
  for (let position = 0; position <= surface.length && left > 0; position++) {
    if (position < surface.length && !isInnerHyphen(surface, position)) continue
    const key = cut(keyOf(surface.slice(start, position)), left)
    if (key !== '') segments.push({ start, end: position, key })
    left -= key === '' ? left : key.length + 1
    start = position + 1
  }
  return segments
}

/**
 * For each letter of a key, and its end, its place in the surface; where they cannot be told apart, about there. So words of one key have
 * the same parts, however they are written: which of them an index met first must not matter.
 */
export function placesOf(surface: string, key: string): number[] {
  if (surface.length === key.length) return Array.from({ length: key.length + 1 }, (_, i) => i)
  const places: number[] = []
  for (const { 0: letter, index } of surface.matchAll(LETTERS)) {
    const { length } = keyOf(letter)
    for (let i = 0; i < length; i++) places.push(index)
  }
  places.push(surface.length)
  if (places.length === key.length + 1) return places
  return Array.from({ length: key.length + 1 }, (_, i) => Math.round((i * surface.length) / key.length))
}

const isInnerHyphen = (surface: string, position: number): boolean =>
  isAmpersand(surface.charCodeAt(position)) ||
  // a dot before a capital parts words: Preis·Leistung
  (isMiddleDot(surface.charCodeAt(position)) && isCapitalAt(surface, position + 1)) ||
  (isHyphen(surface.charCodeAt(position)) &&
    surface.charCodeAt(position + 1) !== 0x0a &&
    // Nutzer/-innen
    surface.charCodeAt(position - 1) !== 0x2f)

/** At most `length` characters of a key, no surrogate pair cut apart. */
function cut(key: string, length: number): string {
  if (key.length <= length) return key
  const last = key.charCodeAt(length - 1)
  return ownCopy(key.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length))
}
