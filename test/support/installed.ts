import { spawnSync } from 'node:child_process'

/**
 * Whether a program that a test needs is there; says so where it is not. On a machine of one's own it may be missing, where everything is
 * tested (CI) it may not: the test fails then.
 */
export function isInstalled(program: string): boolean {
  if (spawnSync('which', [program]).status === 0 || process.env['CI'] !== undefined) return true
  console.warn(`${program} is not installed: left out`)
  return false
}
