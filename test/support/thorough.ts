/** Whether scenarios try all of what they else try a part of: `npm run test:thorough`. */
export const isThorough = process.env['THOROUGH'] === '1'

/** So many at once: as many as a small machine has cores. */
const AT_ONCE = 2

/** Does something with all of them, some at once; ends with the first that fails, when those under way have ended. */
export async function inTurns<T>(all: readonly T[], work: (one: T, number: number) => Promise<void>): Promise<void> {
  let next = 0
  let failure: { readonly error: unknown } | undefined
  const lane = async (): Promise<void> => {
    while (next < all.length && failure === undefined) {
      const number = next++
      await work(all[number] as T, number).catch((error: unknown) => {
        failure ??= { error }
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  if (failure !== undefined) throw (failure as { readonly error: unknown }).error
}

/** The numbers, from 1 on, of equal ones. */
export function numbersByKind(calls: readonly string[]): number[][] {
  const kinds = new Map<string, number[]>()
  for (const [at, call] of calls.entries()) {
    const numbers = kinds.get(call)
    if (numbers === undefined) kinds.set(call, [at + 1])
    else numbers.push(at + 1)
  }
  return [...kinds.values()]
}

export const oneOf = <T>(all: readonly T[], random: () => number): T => all[Math.floor(random() * all.length)] as T
