// The sides of a comparison as processes: our index, MiniSearch, and Lucene where java and its jars are there.
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const JARS = process.env.LUCENE_JARS ?? '/usr/share/java'
const part = (name) => fileURLToPath(new URL(name, import.meta.url))

/**
 * The commands of all sides that this machine has, ours first. Each wants a file of passages, one of queries (one a line each) and
 * a folder for its index besides.
 * @param scratch where Lucene's side is compiled to
 */
export function commandsOfSides(scratch) {
  const commands = [
    [process.execPath, '--expose-gc', part('fundstelle.mjs')],
    [process.execPath, '--expose-gc', part('minisearch.mjs')],
  ]
  const lucene = luceneCommand(scratch)
  if (lucene.missing === undefined) commands.push(lucene.command)
  else console.log(`Lucene left out: ${lucene.missing}`)
  return commands
}

/** The command of Lucene's side, or why there is none. */
function luceneCommand(scratch) {
  let jars = []
  try {
    jars = readdirSync(JARS).filter((name) => /^lucene-(core|analyzers-common)-8[\d.]*\.jar$/.test(name))
  } catch {
    // said below: no jars
  }
  if (jars.length < 2) return { missing: `no lucene-core and lucene-analyzers-common 8 in ${JARS}` }
  const absent = ['java', 'javac'].find((name) => spawnSync(name, ['-version']).error !== undefined)
  if (absent !== undefined) return { missing: `no ${absent} on the path` }
  const classes = [...jars.map((name) => join(JARS, name)), scratch].join(':')
  const compiled = spawnSync('javac', ['-cp', classes, '-d', scratch, part('LuceneSearch.java')], { encoding: 'utf8' })
  if (compiled.status !== 0) throw new Error(`javac: ${compiled.stderr}`)
  return { command: ['java', '-Xmx2g', '-cp', classes, 'LuceneSearch'] }
}

/** A process that answers each line with one line of JSON; its first line says what it is. */
export async function start([name, ...args]) {
  const child = spawn(name, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${name} ${args.join(' ')} ended before it answered`)
    return JSON.parse(value)
  }
  const told = await next()
  return {
    ...told,
    residentBytes: () => residentBytes(child.pid),
    async pass() {
      child.stdin.write('pass\n')
      return next()
    },
    stop: () => child.stdin.end(),
  }
}

export const residentBytes = (pid) =>
  Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024
