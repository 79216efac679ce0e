import { expect, test } from 'vitest'
import { SharedBuilds } from '../../src/update/shared-builds.ts'

/** Builds that end when they are told to. */
function builds() {
  const begun: string[] = []
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = []
  const shared = new SharedBuilds<{ words: string }>((folder, { words }) => {
    begun.push(`${folder} ${words}`)
    return new Promise((resolve, reject) => ends.push({ resolve, reject }))
  })
  return { shared, begun, ends }
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve()
}

test('one build serves whoever asks for it by the same rules; one by others follows', async () => {
  const { shared, begun, ends } = builds()
  const first = [shared.build('a', { words: 'x' }), shared.build('a', { words: 'x' })]
  const second = [shared.build('a', { words: 'y' }), shared.build('a', { words: 'y' })]
  void shared.build('b', { words: 'x' })
  expect(begun).toEqual(['a x', 'b x'])
  ends[0]?.resolve()
  await Promise.all(first)
  await turns()
  expect(begun).toEqual(['a x', 'b x', 'a y'])
  expect([shared.isBuilding('a'), shared.isBuilding('b')]).toEqual([true, true])
  ends[2]?.resolve()
  await Promise.all(second)
  await turns()
  expect(shared.isBuilding('a')).toBe(false)
  void shared.build('a', { words: 'x' })
  expect(begun).toHaveLength(4)
})

test('one that fails keeps none from following', async () => {
  const { shared, begun, ends } = builds()
  const [first, second] = [shared.build('a', { words: 'x' }), shared.build('a', { words: 'y' })]
  ends[0]?.reject(new Error('no'))
  await expect(first).rejects.toThrow('no')
  await turns()
  expect(begun).toEqual(['a x', 'a y'])
  ends[1]?.resolve()
  await second
  await shared.settled()
})
