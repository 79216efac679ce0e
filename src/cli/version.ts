import { readFileSync } from 'node:fs'

/** Of the program, as `package.json` has it. */
export function programVersion(): string {
  const path = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}
