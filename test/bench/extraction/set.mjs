// The public set of pages with what their text must hold and must not: github.com/adbar/trafilatura, tests/evaldata.json. Nothing of it is in this project.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** From this share of the commonest words on, what must be in a page's text is German. */
const GERMAN_SHARE_MIN = 0.08
const GERMAN_WORDS = new Set(
  (
    'der die das den dem des ein eine einen einer und oder aber auch nicht ist sind war hat haben wird werden kann mit ' +
    'von zu zum zur im am für auf aus bei nach über wie als wenn dass ich wir sie es sich'
  ).split(' '),
)

/**
 * The pages of the set, in the order of their file names.
 * @param folder the one with evaldata.json and the folders of pages, `tests` of the repository
 */
export function pagesOf(folder) {
  const gold = JSON.parse(readFileSync(join(folder, 'evaldata.json'), 'utf8'))
  const pages = Object.values(gold).map((entry) => {
    const path = ['cache', 'eval'].map((name) => join(folder, name, entry.file)).find(existsSync)
    if (path === undefined) throw new Error(`${entry.file} is missing in ${folder}`)
    const bytes = readFileSync(path)
    return { name: entry.file, bytes, gold: entry, isGerman: isGerman(entry, bytes), half: halfOf(entry.file) }
  })
  return pages.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Rules were made while looking at the pages of the half `even`; `odd` tells what they are worth. */
function halfOf(name) {
  const digit = createHash('sha1').update(name).digest('hex')[0]
  return Number.parseInt(digit, 16) % 2 === 0 ? 'even' : 'odd'
}

/** By what the page declares; many templates declare English, so what is wanted of it must be German either way. */
function isGerman({ with: wanted }, bytes) {
  const declared = /<html[^>]*\slang\s*=\s*["']?\s*([a-z]*)/i.exec(bytes.toString('latin1'))?.[1]?.toLowerCase()
  const words =
    wanted
      .join(' ')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  const share = words.filter((word) => GERMAN_WORDS.has(word)).length / Math.max(1, words.length)
  return declared === 'de' || share >= GERMAN_SHARE_MIN
}
