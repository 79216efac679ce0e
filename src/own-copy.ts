import { Buffer } from 'node:buffer'

/** The same string with characters of its own: one cut out of a longer string keeps all of that in memory. */
export const ownCopy = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le')
