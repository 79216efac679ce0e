import { describe, expect, it } from 'vitest'
import { closureFingerprint, importClosure } from '../../scripts/import-closure.mjs'
import { temporaryFolder, writeFiles } from '../support/folders.ts'

/** A small tree: `a` imports `b` and `c`, these `d` and a package; nobody imports `e`. */
const TREE = {
  'src/a.ts': `import { b } from './b.ts'\nimport { c, other as more } from './c.ts'\nimport type { D } from './d.ts'\nexport const a = (d: D): number => b(d) + c + more\n`,
  'src/b.ts': `import { type D, twice } from './d.ts'\nexport const b = ({ size }: D): number => twice(size)\n`,
  'src/c.ts': `import pack from 'pack'\nexport const c: number = pack(1)\nexport const other = 0.5\n`,
  'src/d.ts': `export interface D { readonly size: number }\nexport function twice(size: number): number {\n  return 2 * size\n}\n`,
  'src/types.ts': 'export type T = string\n',
  'src/e.ts': 'export const e = 1\n',
  'node_modules/pack/package.json': '{"name":"pack","version":"1.2.3","main":"i.js","dependencies":{"@deep/er":"^1"}}',
  'node_modules/pack/i.js': 'module.exports = (x) => x\n',
  'node_modules/pack/node_modules/@deep/er/package.json': '{"name":"@deep/er","version":"1.0.0"}',
}
type Path = keyof typeof TREE

function treeWith(changed: Readonly<Record<string, string>> = {}): string {
  const root = temporaryFolder()
  writeFiles(root, { ...TREE, ...changed })
  return root
}
const printOf = (changed: Readonly<Record<string, string>> = {}, entry = 'src/a.ts'): Promise<string> =>
  closureFingerprint(treeWith(changed), [entry])

/** The content of a file with a piece of it replaced. */
function replaced(path: Path, piece: string, by: string): Record<string, string> {
  expect(TREE[path]).toContain(piece)
  return { [path]: TREE[path].replace(piece, by) }
}

describe('the import closure', () => {
  it('is every module that is imported for its values, and every package below', async () => {
    const { modules, packages } = await importClosure(treeWith(), ['src/a.ts'])
    expect(modules.map(({ file }) => file).sort()).toEqual(['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/d.ts'])
    expect(packages).toEqual(['@deep/er@1.0.0', 'pack@1.2.3'])
    const a = modules.find(({ file }) => file === 'src/a.ts')
    expect(a?.code.trim()).toBe('export const a=d=>b(d)+c+more;')
    expect(a?.imports).toEqual([
      { names: '{b}', from: 'src/b.ts' },
      { names: '{c,other as more}', from: 'src/c.ts' },
    ])
  })

  it.each<[string, Record<string, string>]>([
    ['a module that is not there', { 'src/d.ts': `export * from './nowhere.ts'` }],
    ['a package that is not installed', { 'src/d.ts': `import 'nothing'\nexport const twice = Number` }],
    ['no JavaScript', { 'src/d.ts': 'export const twice = = 2' }],
  ])('cannot be had of %s', async (_, changed) => {
    await expect(printOf(changed)).rejects.toThrow()
  })

  it('cannot be had of an entry that is not there', async () => {
    await expect(printOf({}, 'src/gone.ts')).rejects.toThrow(/gone/)
  })
})

describe('the fingerprint is the same', () => {
  it.each<[string, () => Record<string, string>]>([
    ['nothing', () => ({})],
    ['a comment', () => replaced('src/d.ts', 'return', '// of course\n  /** twice */ return')],
    ['formatting', () => replaced('src/d.ts', '{\n  return 2 * size\n}', '{ return 2*size; }')],
    ['quotes', () => replaced('src/c.ts', `'pack'`, '"pack"')],
    ['a type', () => replaced('src/d.ts', 'readonly size', 'size')],
    ['a file of types', () => replaced('src/b.ts', 'import', `import type { T } from './types.ts'\nimport`)],
    ['a file that is not imported', () => ({ 'src/e.ts': 'export const e = 2\n' })],
    [
      'the order of imports',
      () => ({
        'src/a.ts': TREE['src/a.ts'].replace(/^(.*\n)(.*\n)/, '$2$1').replace('c, other as more', 'other as more, c'),
      }),
    ],
  ])('after a change of %s', async (_, changed) => {
    expect(await printOf(changed())).toBe(await printOf())
  })

  it('after files were renamed and moved, and their imports adapted', async () => {
    const moved = treeWith({
      'src/a.ts': TREE['src/a.ts'].replaceAll('./b.ts', './z/new-name.ts').replaceAll('./d.ts', './z/d.ts'),
      'src/z/new-name.ts': TREE['src/b.ts'],
      'src/z/d.ts': TREE['src/d.ts'],
    })
    expect(await closureFingerprint(moved, ['src/a.ts'])).toBe(await printOf())
  })
})

describe('the fingerprint is another', () => {
  it.each<[string, () => Record<string, string>]>([
    ['a line of a module far below', () => replaced('src/d.ts', '2 * size', '3 * size')],
    ['a constant', () => replaced('src/c.ts', '0.5', '0.6')],
    ['a text', () => replaced('src/c.ts', '0.5', `'0.5'`)],
    ['a number in a text', () => replaced('src/c.ts', '0.5', '`\n// no comment\n`')],
    // both modules stay as they are; only which of them is meant is another
    ['which value is imported', () => replaced('src/a.ts', 'c, other as more', 'c as more, other as c')],
    ['where a value comes from', () => replaced('src/a.ts', '{ b } from ', '{ twice as b } from ')],
    ['a further module', () => replaced('src/b.ts', 'import', `import './e.ts'\nimport`)],
    ['the version of a package', () => replaced('node_modules/pack/package.json', '1.2.3', '1.2.4')],
    [
      'the version of a package that a package needs',
      () => replaced('node_modules/pack/node_modules/@deep/er/package.json', '1.0.0', '1.0.1'),
    ],
  ])('after a change of %s', async (name, changed) => {
    const files = changed()
    if (name.startsWith('where')) files['src/a.ts'] = (files['src/a.ts'] as string).replace('./b.ts', './d.ts')
    expect(await printOf(files)).not.toBe(await printOf())
  })

  it('where two modules are interchanged in what imports them', async () => {
    const twins = { 'src/b.ts': 'export const v = 1\n', 'src/c.ts': 'export const v = 2\n' }
    const entry = (one: string, other: string): Record<string, string> => ({
      ...twins,
      'src/a.ts': `import { v as x } from '${one}'\nimport { v as y } from '${other}'\nexport const a = x - y\n`,
    })
    expect(await printOf(entry('./b.ts', './c.ts'))).not.toBe(await printOf(entry('./c.ts', './b.ts')))
  })
})
