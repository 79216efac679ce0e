// What a module depends on: the modules and packages that it imports, directly and through others, as one fingerprint. Comments,
// formatting, types, the order of imports, and where files stand and how they are called do not count. (The address in
// `export … from` and `import()` does: too much is made anew then, never too little.)
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { build, transform } from 'esbuild'

/** An import statement, as esbuild writes it at the beginning of a module: its names, if it has any, and where they come from. */
const IMPORT = /^import(?:\s*([^"']*?)\s*from)?\s*(["'])((?:\\.|(?!\2).)*)\2;?/

const sha256 = (text) => createHash('sha256').update(text).digest('hex')

/**
 * @param root the folder that the entries are relative to
 * @param entries modules; at least one
 * @returns `modules`: of each its file, its code without imports, and what it imports, each as names and as the file or package
 * they come from; `packages`: `name@version` of every package that these need, directly and through others, sorted
 * @throws where an entry or an import leads nowhere
 */
export async function importClosure(root, entries) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    bundle: true,
    write: false,
    metafile: true,
    outdir: join(root, 'nowhere'),
    platform: 'node',
    format: 'esm',
    packages: 'external',
    // an import counts, however little of it is used
    treeShaking: false,
    ignoreAnnotations: true,
    loader: { '.svg': 'text' },
    logLevel: 'silent',
  })
  const modules = await Promise.all(
    Object.entries(metafile.inputs).map(async ([file, { imports }]) => {
      const places = new Map(imports.map(({ original, path, external }) => [original ?? path, { path, external }]))
      return { file, ...(await moduleOf(join(root, file), places)) }
    }),
  )
  const externals = Object.values(metafile.inputs).flatMap(({ imports }) => imports.filter(({ external }) => external))
  const names = externals.map(({ path }) => packageOf(path)).filter((name) => name !== null)
  return { modules, packages: packagesBelow(root, names) }
}

/** The fingerprint of everything that the entries depend on. */
export async function closureFingerprint(root, entries) {
  const { modules, packages } = await importClosure(root, entries)
  const codes = new Map(modules.map(({ file, code }) => [file, sha256(code)]))
  const hashed = modules.map(({ file, imports }) => {
    const edges = imports.map(({ names, from }) => [names, codes.get(from) ?? from].join(' '))
    return [codes.get(file), ...edges.sort()].join('\n')
  })
  return sha256(JSON.stringify([hashed.sort(), packages])).slice(0, 32)
}

async function moduleOf(path, places) {
  const loader = { '.ts': 'ts', '.mts': 'ts', '.js': 'js', '.mjs': 'js', '.css': 'css' }[extname(path)]
  const source = readFileSync(path, 'utf8')
  if (loader === undefined) return { code: source, imports: [] }
  const { code: compact } = await transform(source, {
    loader,
    minifyWhitespace: true,
    treeShaking: false,
    legalComments: 'none',
    target: 'esnext',
    // nothing of it stands in HTML: else declarations come before the imports
    supported: { 'inline-script': false },
    // as in tsconfig.base.json: only types that are marked as such are left out
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  })
  const imports = []
  let code = compact
  for (let match = IMPORT.exec(code); match !== null; match = IMPORT.exec(code)) {
    const [statement, names = '', , specifier] = match
    const place = places.get(specifier)
    imports.push({ names: sortedNames(names), from: place === undefined || place.external ? specifier : place.path })
    code = code.slice(statement.length)
  }
  return { code, imports }
}

const sortedNames = (clause) => clause.replace(/\{(.*)\}/s, (_, names) => `{${names.split(',').sort().join(',')}}`)

/** The package of a module's name; null for what Node brings along. */
const packageOf = (name) => (isBuiltin(name) ? null : (/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? null))

/** `name@version` of installed packages and of all that these need, sorted. */
function packagesBelow(root, names) {
  const found = new Map()
  const visit = (name, from, isOptional) => {
    const folder = folderOf(name, from)
    if (folder === null) {
      if (isOptional) return
      throw new Error(`${name} is not installed, but ${from} needs it`)
    }
    if (found.has(folder)) return
    const {
      version,
      dependencies = {},
      optionalDependencies = {},
    } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    found.set(folder, `${name}@${version}`)
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies }))
      visit(needed, folder, needed in optionalDependencies)
  }
  for (const name of names) visit(name, root, false)
  return [...new Set(found.values())].sort()
}

/** Where Node finds a package from a folder. */
function folderOf(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    if (existsSync(join(place, 'package.json'))) return place
    if (dirname(folder) === folder) return null
  }
}
