import { execFileSync } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))

/** Copies what git knows of the project, as it stands now, into a folder: no node_modules, nothing built. */
export function copyProject(target: string): void {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: projectRoot,
    encoding: 'utf8',
  })
  for (const name of listed.split('\0')) {
    if (name !== '' && existsSync(join(projectRoot, name))) cpSync(join(projectRoot, name), join(target, name))
  }
}
