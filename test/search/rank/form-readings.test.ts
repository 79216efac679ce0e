import { expect, it } from 'vitest'
import { type FormReadings, FormReadingsPool } from '../../../src/search/rank/form-readings.ts'
import { articleOf } from '../../support/articles.ts'
import { indexOf } from '../../support/memory-index.ts'

const formsOf = (text: string) => indexOf([articleOf({ id: 'a', text })]).vocabulary
const used = async (
  pool: FormReadingsPool,
  forms: ReturnType<typeof formsOf>,
  work: (one: FormReadings) => void = () => {},
) =>
  pool.lend(forms, async (readings) => {
    expect(readings.numbers.every((number) => number === 0)).toBe(true)
    expect(readings.numbers.length).toBeGreaterThanOrEqual(forms.forms.length)
    readings.numbers[0] = 7
    readings.mark(0)
    work(readings)
    return readings.numbers
  })

it('a table comes back empty and is lent again, to another vocabulary of its size too', async () => {
  const pool = new FormReadingsPool()
  const first = await used(pool, formsOf('eins zwei drei'))
  expect(await used(pool, formsOf('vier fünf'))).toBe(first)
  expect(await used(pool, formsOf('sechs sieben acht neun zehn elf'))).not.toBe(first)
})

it('two at once get a table each', async () => {
  const pool = new FormReadingsPool()
  const forms = formsOf('eins zwei')
  const [one, other] = await Promise.all([used(pool, forms), used(pool, forms)])
  expect(one).not.toBe(other)
})

it('what was in use when something failed is not lent again', async () => {
  const pool = new FormReadingsPool()
  const forms = formsOf('eins zwei')
  await used(pool, forms)
  const failing = used(pool, forms, ({ numbers }) => {
    numbers[1] = 9
    throw new RangeError('so nicht')
  })
  await expect(failing).rejects.toThrow('so nicht')
  await used(pool, forms)
})
