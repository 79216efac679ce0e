import chokidar from 'chokidar'

export interface FolderEvents {
  /** Something was added, changed or removed. */
  change(): void
  /** A target itself went. Of whatever takes its place nothing is seen, be it the same folder a moment later. */
  lost(): void
  error(error: unknown): void
  /** From now on no change goes unseen. Where folders cannot be read this may never come. */
  ready(): void
}

export interface OpenedFolders {
  close(): Promise<void>
}

/** Watches files and folders with all that is below them. Links inside them are not followed. */
export type OpenFolders = (targets: readonly string[], events: FolderEvents) => OpenedFolders

export const openFolders: OpenFolders = (targets, { change, lost, error, ready }) => {
  const watcher = chokidar.watch([...targets], { ignoreInitial: true, followSymlinks: false })
  watcher.on('all', (event, path) => {
    change()
    if ((event === 'unlink' || event === 'unlinkDir') && targets.includes(path)) lost()
  })
  watcher.on('error', error).once('ready', ready)
  return {
    async close() {
      const closed = watcher.close()
      // closing takes the listeners away, and an error that comes late would end the process
      watcher.on('error', () => {})
      await closed
    },
  }
}
