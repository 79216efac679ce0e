import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ALONE, equalGroups, type Groups } from '../../../src/index/docset/groups.ts'
import { patchedGroups } from '../../../src/index/docset/patched-groups.ts'

function groupsOf(contents: readonly number[], deletedDocs: Uint8Array): Groups {
  const living = Int32Array.from(contents.keys()).filter((docId) => deletedDocs[docId] === 0)
  const steps = equalGroups(contents, living, contents.length)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

test('a group without its first is named after the next, and one that is left alone is none', () => {
  const contents = Float64Array.of(7, 7, 7)
  const before = { of: Int32Array.of(0, 0, 0), deletedDocs: new Uint8Array(3) }
  expect([...patchedGroups(before, contents, Uint8Array.of(1, 0, 0)).of]).toEqual([ALONE, 1, 1])
  expect([...patchedGroups(before, contents, Uint8Array.of(1, 0, 1)).of]).toEqual([ALONE, ALONE, ALONE])
})

test('an article joins the first that is the same and still there', () => {
  const before = { of: Int32Array.of(ALONE, ALONE), deletedDocs: Uint8Array.of(1, 0) }
  expect([...patchedGroups(before, Float64Array.of(7, 7, 7, 8), Uint8Array.of(1, 0, 0, 0)).of]).toEqual([
    ALONE,
    1,
    1,
    ALONE,
  ])
})

test('are those of grouping all again, whatever came and went', () => {
  const content = fc.integer({ min: 0, max: 4 })
  fc.assert(
    fc.property(
      fc.array(content, { maxLength: 12 }),
      fc.array(content, { maxLength: 6 }),
      fc.infiniteStream(fc.boolean()),
      (known, added, coins) => {
        const gone = (): number => (coins.next().value === true ? 1 : 0)
        const deletedBefore = Uint8Array.from(known, gone)
        const before = { of: groupsOf(known, deletedBefore).of, deletedDocs: deletedBefore }
        const contents = [...known, ...added]
        const deletedDocs = Uint8Array.from(contents, (_, docId) => (deletedBefore[docId] === 1 ? 1 : gone()))
        const patched = patchedGroups(before, Float64Array.from(contents), deletedDocs)
        expect([...patched.of]).toEqual([...groupsOf(contents, deletedDocs).of])
        expect(patched.count).toBe(contents.length)
      },
    ),
  )
})
