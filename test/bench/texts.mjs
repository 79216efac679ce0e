// The development texts: German federal laws and a blog's posts, from ../shared/data beside the project.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** A packed folder of ../shared/data, unpacked while `use` runs. */
export function unpacked(name, use) {
  const archive = join(data, name)
  if (!existsSync(archive)) throw new Error(`${archive} is missing: the development data belong beside the project`)
  const folder = mkdtempSync(join(tmpdir(), 'fundstelle-texts-'))
  try {
    execFileSync('tar', ['xJf', archive, '-C', folder])
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function* markdownFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* markdownFiles(path)
    else if (entry.name.endsWith('.md')) yield path
  }
}

/** Every law as its name, its abbreviation and what stands below. */
export function laws() {
  return unpacked('gesetze.tar.xz', (folder) =>
    Array.from(markdownFiles(folder), (path) => {
      const [, head = '', body = ''] = headAndBody(path) ?? []
      return { title: field(head, 'Title'), short: field(head, 'jurabk'), body }
    }),
  )
}

/** Every post of the blog that is German, as its title and text. */
export function posts() {
  return unpacked('cwa-blog.tar.xz', (folder) =>
    Array.from(markdownFiles(folder), (path) => {
      const [, head = '', body = ''] = headAndBody(path) ?? []
      return { title: field(head, 'page-title'), body: plain(body) }
    }),
  )
}

const headAndBody = (path) => /^---\r?\n(.*?)\r?\n---\r?\n(.*)$/s.exec(readFileSync(path, 'utf8'))

const field = (head, name) =>
  (new RegExp(`^${name}: *(.*)$`, 'm').exec(head)?.[1] ?? '').replace(/^(["'])(.*)\1$/, '$2').trim()

/** Markdown without most of its marks: good enough for texts to measure with. */
export const plain = (markdown) =>
  markdown
    .replace(/<[^>]*>/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`\\]/g, '')

const paragraphsOf = (text) =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => plain(paragraph).replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')

/** So many, taken evenly. */
export const evenly = (list, count) =>
  list.length <= count ? list : Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)])

/** Passages of the laws: paragraphs joined until 400 characters are passed, `count` of them taken evenly. */
export function passages(count) {
  const all = []
  for (const { body } of laws()) {
    let passage = ''
    for (const paragraph of paragraphsOf(body)) {
      if (paragraph.startsWith('#')) continue
      passage = passage === '' ? paragraph : `${passage} ${paragraph}`
      if (passage.length <= 400) continue
      all.push(passage)
      passage = ''
    }
    if (passage !== '') all.push(passage)
  }
  return evenly(all, count)
}

/** Sections of the laws and posts as articles with titles, `count` of them taken evenly. */
export function sections(count) {
  const all = []
  for (const { title, short, body } of laws()) {
    for (const section of body.split(/^#{2,}\s+/m).slice(1)) {
      const end = section.indexOf('\n')
      const heading = section.slice(0, end).trim()
      const text = paragraphsOf(section.slice(end)).join('\n\n')
      if (text.length < 200 || text.length > 4000 || !/\p{Ll}{4}/u.test(heading)) continue
      all.push({ title: `${heading} (${short})`, text, meta: { gesetz: title } })
    }
  }
  return [
    ...evenly(all, count),
    ...posts()
      .filter(({ title }) => title !== '')
      .map(({ title, body }) => ({ title, text: paragraphsOf(body).join('\n\n'), meta: {} })),
  ]
}
