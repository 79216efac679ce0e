// Finds, or downloads once, what a cluster of the tests is made of: the real distribution of OpenSearch from Maven Central, and a Java to run it.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Git ignores it. */
const CACHE = fileURLToPath(new URL('.cache', import.meta.url))
const JVMS = '/usr/lib/jvm'
/** By the major version of OpenSearch the least Java it runs on, and the last: OpenSearch 2 needs a part that Java 24 has no more. */
const JAVA_MIN = { 2: 11, 3: 21 }
const JAVA_MAX = { 2: 23 }

/** Why a cluster cannot be started on this machine: tests that need one are skipped with these words. */
export class NoCluster extends Error {}

/**
 * @param {string} version of OpenSearch
 * @returns {string} the folder of its distribution
 * @throws NoCluster
 */
export function distribution(version) {
  const home = join(CACHE, `opensearch-${version}`)
  if (existsSync(join(home, 'bin', 'opensearch'))) return withScripts(home, version)
  const repository = join(CACHE, 'm2')
  mkdirSync(repository, { recursive: true })
  const artifact = `org.opensearch.distribution.integ-test-zip:opensearch:${version}:zip`
  try {
    const get = ['-q', `-Dmaven.repo.local=${repository}`, 'dependency:get', `-Dartifact=${artifact}`]
    execFileSync('mvn', [...get, '-Dtransitive=false'], { stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (error) {
    throw new NoCluster(`OpenSearch ${version} is not in ${CACHE}, and Maven could not download it: ${error.message}`)
  }
  const zip = `org/opensearch/distribution/integ-test-zip/opensearch/${version}/opensearch-${version}.zip`
  const parts = join(CACHE, `.unpacking-${process.pid}`)
  rmSync(parts, { recursive: true, force: true })
  mkdirSync(parts)
  execFileSync('unzip', ['-q', join(repository, zip), '-d', parts])
  renameSync(join(parts, `opensearch-${version}`), home)
  rmSync(parts, { recursive: true })
  return withScripts(home, version)
}

/** The archives of some versions, 2.19.3 among them, have none of the modules that every installation has. */
function withScripts(home, version) {
  if (existsSync(join(home, 'modules', 'lang-painless'))) return home
  throw new NoCluster(`OpenSearch ${version} from Maven Central comes without its modules: no scripts, no tokenizers`)
}

/**
 * @param {string} version of OpenSearch
 * @returns {string} the folder of a Java that it runs on: OPENSEARCH_JAVA_HOME, or the newest in the usual folder
 * @throws NoCluster
 */
export function javaHome(version) {
  const major = Number(version.split('.')[0])
  const [least, last] = [JAVA_MIN[major] ?? JAVA_MIN[3], JAVA_MAX[major] ?? Number.POSITIVE_INFINITY]
  const given = process.env['OPENSEARCH_JAVA_HOME']
  const homes =
    given !== undefined ? [given] : existsSync(JVMS) ? readdirSync(JVMS).map((name) => join(JVMS, name)) : []
  const found = homes
    .map((home) => ({ home, major: majorOf(home) }))
    .filter(({ major }) => major >= least && major <= last)
    .sort((a, b) => b.major - a.major)
  if (found[0] === undefined)
    throw new NoCluster(
      `OpenSearch ${version} needs Java ${least} ${last === Number.POSITIVE_INFINITY ? 'or later' : `to ${last}`}, and there is none (OPENSEARCH_JAVA_HOME)`,
    )
  return found[0].home
}

/** @returns {number} the major version of the Java in a folder, 0 where there is none */
function majorOf(home) {
  const release = join(home, 'release')
  if (!existsSync(release)) return 0
  return Number(/^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, 'utf8'))?.[1] ?? 0)
}
