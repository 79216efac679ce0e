import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { isLongEnough, MASTER_KEY_BYTES_MIN, masterKeyOf } from '../master-key.ts'
import type { Terminal } from './terminal.ts'

type MasterKeyConfig = Pick<Config, 'masterKey' | 'masterKeyFile' | 'host' | 'private'>

/**
 * The master key of a server, null for none. A short one is warned of where only this machine reaches the server.
 * @throws FundstelleError `master_key_…`
 */
export function masterKeyFor(config: MasterKeyConfig, terminal: Pick<Terminal, 'note' | 'say'>): string | null {
  const key = masterKeyOf(config)
  if (key === null) {
    if (config.private) throw new FundstelleError('master_key_missing', { what: '--private' })
    return null
  }
  if (!isLongEnough(key, config.host)) {
    terminal.note(
      terminal.say({
        de: `Achtung: der Hauptschlüssel hat nur ${key.length} Bytes und ist leicht zu erraten. Ab ${MASTER_KEY_BYTES_MIN} ist er sicher, am besten zufällig: openssl rand -hex 32`,
        en: `Warning: the master key has only ${key.length} bytes and is easy to guess. From ${MASTER_KEY_BYTES_MIN} on it is safe, best at random: openssl rand -hex 32`,
      }),
    )
  }
  return key
}
