import { isTooLarge } from './cluster.ts'

/**
 * Asks for some things at once, and where the answer would be too large for a half of them after the other: how large articles are is known only once they
 * were read.
 * @param ask for some of them, one at least
 * @returns the answers in the order of the things, one for each time it was asked
 * @throws what `ask` throws, where the answer for a single one is too large, too
 */
export async function* inHalves<Thing, Answer>(
  things: readonly Thing[],
  ask: (some: readonly Thing[]) => Promise<Answer>,
): AsyncGenerator<Answer> {
  if (things.length === 0) return
  const answer = await answerOf(things, ask)
  if (answer !== TOO_MANY) {
    yield answer
    return
  }
  const half = Math.ceil(things.length / 2)
  yield* inHalves(things.slice(0, half), ask)
  yield* inHalves(things.slice(half), ask)
}

const TOO_MANY = Symbol('too many')

async function answerOf<Thing, Answer>(
  things: readonly Thing[],
  ask: (some: readonly Thing[]) => Promise<Answer>,
): Promise<Answer | typeof TOO_MANY> {
  try {
    return await ask(things)
  } catch (error) {
    if (things.length > 1 && isTooLarge(error)) return TOO_MANY
    throw error
  }
}
