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
    // where it is a link, git takes it for a file; an installation in the copy would then empty what it points to
    if (name === 'node_modules') continue
    if (name !== '' && existsSync(join(projectRoot, name))) cpSync(join(projectRoot, name), join(target, name))
  }
}
