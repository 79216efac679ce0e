// Holds the arrows between rooms: a folder of src imports what the table in docs/DESIGN.md says, types included, and nothing else; only
// from rooms that stand above it; and no files import each other in a circle. Part of `npm run lint`.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** An import as the formatter writes it; types and side effects too. */
const STATIC = /^(?:import|export)\s(?:[^'"]*?\sfrom\s)?'([^']+)'/gm
const DYNAMIC = /\bimport\('([^']+)'\)/g
const ROW = /^\| `src\/([\w./-]*)` \|[^|]*\|([^|]*)\|([^|]*)\|$/gm

/**
 * @param page the text of docs/DESIGN.md
 * @returns the rooms of its table, top to bottom; '' is src itself
 */
export function roomsIn(page) {
  const named = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name)
  return [...page.matchAll(ROW)].map(([, folder, rooms, libraries]) => ({
    name: folder.replace(/\/$/, ''),
    imports: named(rooms).map((name) => name.replace(/^src\/?/, '')),
    libraries: named(libraries),
  }))
}

/** @returns for each file below src, in posix form, the files and the packages it imports */
export function importsBelow(src) {
  const files = readdirSync(src, { recursive: true }).filter((name) => /(?<!\.d)\.ts$/.test(name))
  return new Map(
    files.map((file) => {
      const code = readFileSync(join(src, file), 'utf8')
      const found = [STATIC, DYNAMIC].flatMap((form) => [...code.matchAll(form)].map(([, name]) => name))
      const inside = found
        .filter((name) => name.startsWith('.'))
        .map((name) => posix(resolve('/', dirname(file), name)))
      // of Node every room may use what it likes, but for what browsers run
      const outside = found
        .filter((name) => !name.startsWith('.') && (!name.startsWith('node:') || file.startsWith('browser')))
        .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)[0])
      return [posix(`/${file}`), { inside: [...new Set(inside)], outside: [...new Set(outside)] }]
    }),
  )
}

const posix = (path) => path.replaceAll('\\', '/').slice(1)
const roomOf = (file) => (file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '')

/** @returns what is wrong, a sentence each */
export function wrongArrows(rooms, imports) {
  const wrong = []
  const place = new Map(rooms.map(({ name }, at) => [name, at]))
  const used = new Map(rooms.map(({ name }) => [name, new Set()]))
  for (const [file, { inside, outside }] of imports) {
    const room = rooms[place.get(roomOf(file)) ?? -1]
    if (room === undefined) {
      wrong.push(`src/${file}: the table of rooms has no row for its folder`)
      continue
    }
    for (const target of inside) {
      const other = roomOf(target)
      if (other === room.name) continue
      used.get(room.name).add(other)
      if (!room.imports.includes(other)) wrong.push(`src/${file}: src/${room.name} must not import src/${target}`)
    }
    for (const name of outside) {
      used.get(room.name).add(name)
      if (!room.libraries.includes(name)) wrong.push(`src/${file}: the library ${name} belongs to another folder`)
    }
  }
  for (const { name, imports: listed, libraries } of rooms) {
    for (const other of listed)
      if ((place.get(other) ?? Number.POSITIVE_INFINITY) >= place.get(name))
        wrong.push(`src/${name}: src/${other} does not stand above it in the table`)
    for (const one of [...listed, ...libraries])
      if (!used.get(name).has(one))
        wrong.push(`src/${name}: the table says that it imports ${one || 'src'}, but it does not`)
  }
  return [...wrong, ...circles(imports).map((files) => `a circle: ${files.map((file) => `src/${file}`).join(' -> ')}`)]
}

/** Files that import each other, by depth-first search: each circle that is met, once. */
function circles(imports) {
  const found = []
  const state = new Map()
  const path = []
  const visit = (file) => {
    state.set(file, 'open')
    path.push(file)
    for (const target of imports.get(file)?.inside ?? []) {
      if (state.get(target) === 'open') found.push([...path.slice(path.indexOf(target)), target])
      else if (!state.has(target)) visit(target)
    }
    path.pop()
    state.set(file, 'done')
  }
  for (const file of imports.keys()) if (!state.has(file)) visit(file)
  return found
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..')
  const wrong = wrongArrows(
    roomsIn(readFileSync(join(root, 'docs', 'DESIGN.md'), 'utf8')),
    importsBelow(join(root, 'src')),
  )
  for (const sentence of wrong) console.error(sentence)
  if (wrong.length > 0) process.exit(1)
}
