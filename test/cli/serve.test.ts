import { expect, test } from 'vitest'
import { runServer } from '../../src/cli/serve.ts'
import { createTerminal } from '../../src/cli/terminal.ts'
import { readConfig } from '../../src/config.ts'
import { temporaryFolder } from '../support/folders.ts'

test('a server that is asked to end before it answers tells no address, and ends', async () => {
  const told: string[] = []
  const terminal = {
    ...createTerminal('de', {}),
    out: (text: string) => told.push(text),
    note: (text: string) => told.push(text),
  }
  const config = readConfig({ port: '0', cache: temporaryFolder() }, {})
  await runServer(config, [], terminal, AbortSignal.abort())
  expect(told).toEqual([])
})
