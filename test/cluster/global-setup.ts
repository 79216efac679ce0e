import type { TestProject } from 'vitest/node'
import { startCluster } from './cluster.mjs'
import { NoCluster } from './distribution.mjs'

/** Starts the cluster that the tests run against, unless an address was given. Where this machine can have none, they are skipped with the reason. */
export default async function setup(_: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env['FUNDSTELLE_TEST_OPENSEARCH_URL'] !== undefined) return undefined
  try {
    const cluster = await startCluster({ nodes: 1, version: process.env['OPENSEARCH_VERSION'] })
    process.env['FUNDSTELLE_TEST_OPENSEARCH_URL'] = cluster.url
    return cluster.stop
  } catch (error) {
    if (!(error instanceof NoCluster)) throw error
    console.warn(`No cluster, so its tests are skipped: ${error.message}`)
    return undefined
  }
}
