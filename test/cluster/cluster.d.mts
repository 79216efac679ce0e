/** One JVM of a cluster. */
export interface ClusterNode {
  readonly name: string
  readonly url: string
  readonly pid: number | undefined
  start(): void
  answers(): Promise<void>
  signal(name: NodeJS.Signals): void
  stop(name?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export interface TestCluster {
  readonly url: string
  readonly urls: readonly string[]
  readonly nodes: readonly ClusterNode[]
  readonly folder: string
  readonly stop: () => Promise<void>
}

export const VERSION: string
export function startCluster(options?: { nodes?: number; version?: string | undefined }): Promise<TestCluster>
