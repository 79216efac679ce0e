import { createServer } from 'node:http'
import type { AddressInfo, Server as NetServer } from 'node:net'
import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { systemReason } from '../system-reason.ts'

/**
 * Where a server answers, as soon as it does.
 * @throws FundstelleError `address_in_use`, `address_unusable`
 */
export function listening(server: NetServer, { host, port }: Config): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('listening', () => resolve(server.address() as AddressInfo))
    server.once('error', (error) => {
      const code = (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'address_in_use' : 'address_unusable'
      reject(new FundstelleError(code, { address: `${host}:${port}`, reason: systemReason(error) }, { cause: error }))
    })
  })
}

/** @throws FundstelleError as serving there would, before anything is done */
export async function addressMustBeFree(config: Config): Promise<void> {
  const server = createServer().listen(config.port, config.host)
  await listening(server, config)
  await new Promise((resolve) => server.close(resolve))
}

export function urlOf({ address, family, port }: AddressInfo): string {
  const host = family === 'IPv6' ? `[${address}]` : address
  return `http://${host}:${port}`
}
