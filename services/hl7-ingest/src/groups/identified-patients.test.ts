import { expect, test } from 'vitest'
import { given, msh, problemOf } from '../normalise/normalise.fixture.ts'
import { leftOut, marksIn, nobody, one, part, two, types } from './identified-patients.fixture.ts'

test.each(types)('%s: a second patient without a number costs the first nothing', (type) => {
  const first = `${msh(type)}${one}${part(type, 'AAA')}`
  const alone = given(first)
  const { problem, events, unused, patientKeys } = given(`${first}${nobody}${part(type, 'ZZZ')}`)
  expect(problem).toEqual(leftOut)
  expect(patientKeys).toEqual(['X99|1'])
  const saidBy = (all: typeof events) => all.map(({ body, place }) => [place, body])
  expect(saidBy(events)).toEqual(saidBy(alone.events))
  expect(JSON.stringify(events)).toContain('AAA')
  expect(JSON.stringify(events)).not.toMatch(/ZZZ|SECOND/)
  expect(unused).toContain('PID-5')
  expect(events.flatMap(({ notShown }) => notShown ?? [])).toEqual(
    alone.events.flatMap(({ notShown }) => notShown ?? []),
  )
})

test.each(types)('%s: every field below the patient without a number is listed', (type) => {
  const sent = part(type, 'ZZZ')
  const { unused } = given(`${msh(type)}${one}${nobody}${sent}`)
  for (const line of sent.trimEnd().split('\r')) {
    const [name, ...fields] = line.split('|')
    const at = fields.findIndex((value) => value === 'ZZZ' || value.includes('^ZZZ'))
    if (at !== -1) expect(unused).toContain(`${name}-${at + 1}`)
  }
})

test.each(types)(
  '%s: the first patient again below one without a number is one patient',
  (type) => {
    const content =
      `${msh(type)}${one}${part(type, 'AAA')}${nobody}${part(type, 'ZZZ')}` +
      `${one.replace('PID|1', 'PID|3')}`
    const { problem, patientKeys } = given(content)
    expect([problem?.code, patientKeys]).toEqual(['USED_IN_PART', ['X99|1']])
    expect(marksIn(content, 'AAA')).toBe(true)
    expect(marksIn(content, 'ZZZ')).toBe(false)
  },
)

test.each(types)('%s: if nobody is identified the message is parked', (type) => {
  const none = nobody.replace('PID|2', 'PID|1')
  expect(problemOf(`${msh(type)}${none}${part(type, 'AAA')}${nobody}${part(type, 'ZZZ')}`)).toBe(
    'MISSING_FIELD PID-3',
  )
})

const each = types.filter((type) => /^(ORU|OUL|BAR|DFT)/.test(type))

test.each(each)('%s: what stands below each patient is of that patient', (type) => {
  const content = `${msh(type)}${one}${part(type, 'AAA')}${two}${part(type, 'ZZZ')}`
  const { problem, events } = given(content)
  expect(problem).toBeNull()
  const of = (key: string) =>
    JSON.stringify(events.filter(({ patientKey }) => patientKey === key).map(({ body }) => body))
  expect(of('X99|1')).toContain('AAA')
  expect(of('X99|1')).not.toMatch(/ZZZ|SECOND/)
  expect(of('X99|2')).toContain('ZZZ')
  expect(of('X99|2')).not.toMatch(/AAA|FIRST/)
})

test.each(each)('%s: a first patient without a number costs the second nothing', (type) => {
  const content = `${msh(type)}${nobody}${part(type, 'ZZZ')}${one}${part(type, 'AAA')}`
  expect(given(content)).toMatchObject({
    problem: { code: 'USED_IN_PART', place: 'PID-3' },
    patientKeys: ['X99|1'],
  })
  expect([marksIn(content, 'AAA'), marksIn(content, 'ZZZ')]).toEqual([true, false])
})

test.each(types.filter((type) => !each.includes(type)))(
  '%s: two patients, or a first one without a number, park a message about one',
  (type) => {
    const [first, second] = [part(type, 'AAA'), part(type, 'ZZZ')]
    expect(problemOf(`${msh(type)}${one}${first}${two}${second}`)).toBe('SEVERAL_PATIENTS PID[2]')
    expect(problemOf(`${msh(type)}${nobody}${second}${one}${first}`)).toBe('MISSING_FIELD PID-3')
  },
)
