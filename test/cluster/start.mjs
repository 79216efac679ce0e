// Starts a cluster by hand: node test/cluster/start.mjs [nodes] [version]. It runs until it is interrupted; its addresses are the first line.
import { once } from 'node:events'
import { startCluster } from './cluster.mjs'
import { NoCluster } from './distribution.mjs'

const [nodes = '1', version] = process.argv.slice(2)
try {
  const cluster = await startCluster({ nodes: Number(nodes), ...(version === undefined ? {} : { version }) })
  console.log(cluster.urls.join(' '))
  for (const node of cluster.nodes) console.log(`${node.name}: pid ${node.pid}`)
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await cluster.stop()
} catch (error) {
  if (!(error instanceof NoCluster)) throw error
  console.error(error.message)
  process.exitCode = 1
}
