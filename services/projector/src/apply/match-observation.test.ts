import { patient } from '@tideway/record/entries/histories.fixture'
import { expect, test } from 'vitest'
import { observation as resource } from '@tideway/fhir-ingest/sender.fixture'
import {
  alone,
  K,
  O,
  potassium,
  pressure,
  R,
  reported,
  reportIn,
  retracted,
  sent,
  shown,
  storedAfter,
} from './match-observation.fixture.ts'

/** The result is the same in any order and batch size. */
const inAnyOrder = (messages: object[], expected: object) => {
  const events = sent(...messages)
  for (const order of [events, events.toReversed(), [...events, ...events]])
    for (const batch of [1, 2, 9]) expect(shown(storedAfter(order, batch))).toEqual(expected)
}

test('a standalone observation that is retracted is retracted in a report that holds it, by id or number', () => {
  inAnyOrder([reported([potassium('6.9')]), alone(potassium('6.9', retracted))], {
    [R]: [[K, 'entered-in-error', null]],
    [O]: [[K, 'entered-in-error', null]],
  })
  const number = { id: 'other', identifier: [{ value: 'K1' }] }
  inAnyOrder(
    [reported([potassium('6.9', number)]), alone(potassium('6.9', { ...number, ...retracted }))],
    { [R]: [[K, 'entered-in-error', null]], K1: [[K, 'entered-in-error', null]] },
  )
})

test.each([
  ['corrected', 'corrected'],
  ['amended', 'amended'],
  ['corrected', 'corrected'],
  ['final', 'final'],
])(
  'a %s observation has the newer value in both, and the earlier one is kept',
  (status, expected) => {
    const messages = [reported([potassium('6.9')]), alone(potassium('4.1', { status }))]
    inAnyOrder(messages, { [R]: [[K, expected, '4.1']], [O]: [[K, expected, '4.1']] })
    const [observed] = reportIn(
      storedAfter(sent(...messages), 1).get(`${patient}|report|${R}`),
    ).observations
    expect(observed?.reported.map(({ value, elsewhere }) => [value, elsewhere])).toEqual([
      ['6.9', undefined],
      ['4.1', true],
    ])
  },
)

test('a correction or retraction in a report also applies to the standalone observation', () => {
  inAnyOrder([alone(potassium('6.9')), reported([potassium('4.1', { status: 'corrected' })])], {
    [R]: [[K, 'corrected', '4.1']],
    [O]: [[K, 'corrected', '4.1']],
  })
  inAnyOrder([alone(potassium('6.9')), reported([potassium('6.9', retracted)])], {
    [R]: [[K, 'entered-in-error', null]],
    [O]: [[K, 'entered-in-error', null]],
  })
})

test('a report entered in error that is the first heard of it takes back the standalone observation', () => {
  const report = reported([potassium('6.9')], retracted)
  inAnyOrder([alone(potassium('6.9')), report], {
    [R]: [[K, 'entered-in-error', null]],
    [O]: [[K, 'entered-in-error', null]],
  })
  // Sent again after the report was taken back, it stands.
  const again = shown(storedAfter(sent(report, alone(potassium('6.9'))), 1))
  expect(again).toMatchObject({ [O]: [[K, 'final', '6.9']] })
})

test('a newer value of the report takes precedence over an older retraction', () => {
  inAnyOrder(
    [
      reported([potassium('6.9')]),
      alone(potassium('6.9', retracted)),
      reported([potassium('4.1')]),
    ],
    { [R]: [[K, 'final', '4.1']], [O]: [[K, 'entered-in-error', null]] },
  )
})

test('an observation is retracted with its components, and a component that a correction omits has no value', () => {
  const [systolic, diastolic] = ['SYS|BP|1', 'DIA|BP|1']
  const gone = [
    [diastolic, 'entered-in-error', null],
    [systolic, 'entered-in-error', null],
  ]
  const bare = resource('BP', {}, { id: 'o1', ...retracted })
  inAnyOrder([reported([pressure('120', '80')]), alone(bare)], {
    [R]: gone,
    [O]: [['BP||1', 'entered-in-error', null]],
  })
  inAnyOrder([alone(pressure('120', '80')), reported([bare])], {
    [R]: [['BP||1', 'entered-in-error', null]],
    [O]: gone,
  })
  expect(
    shown(storedAfter(sent(reported([pressure('120', '80')]), reported([bare])), 1))[R],
  ).toEqual([...gone, ['BP||1', 'entered-in-error', null]])
  inAnyOrder(
    [reported([pressure('120', '80')]), alone({ ...pressure('125'), status: 'corrected' })],
    {
      [R]: [
        [diastolic, 'corrected', null],
        [systolic, 'corrected', '125'],
      ],
      [O]: [[systolic, 'corrected', '125']],
    },
  )
})

test('components are ordered by the issue time of their observation, not of a report', () => {
  const issued = { issued: '2026-07-01T08:00:00Z' }
  const whole = { ...pressure('120', '80'), ...issued, note: [{ text: 'Sitting' }] }
  const messages = sent(
    reported([whole], { issued: '2026-07-01T08:30:00Z' }),
    alone({ ...whole, ...retracted }),
  )
  for (const order of [messages, messages.toReversed()])
    expect(shown(storedAfter(order, 1))[R]).toEqual(
      [K, 'DIA|BP|1', 'SYS|BP|1'].map((key) => [key.replace('K', 'BP'), 'entered-in-error', null]),
    )
})

test('in a report of several observations the right one is retracted, though its position differs', () => {
  const [first, second] = [
    resource('K', { valueString: '1' }, { id: 'a' }),
    resource('K', { valueString: '2' }, { id: 'b' }),
  ]
  const stored = storedAfter(sent(reported([first, second]), alone({ ...second, ...retracted })), 1)
  expect(shown(stored)[R]).toEqual([
    [K, 'final', '1'],
    ['K||2', 'entered-in-error', null],
  ])
})

test('an observation retracted on its own has another position, and does not replace the first', () => {
  const [first, second] = [potassium('1'), potassium('2', { id: 'b' })]
  const stored = storedAfter(
    sent(reported([first, second]), reported([{ ...second, ...retracted }])),
    1,
  )
  expect(shown(stored)[R]).toContainEqual(['K||2', 'entered-in-error', null])
})

test('an observation replaced by another in its report stays what it was, beside the other', () => {
  const other = potassium('2', { id: 'b' })
  inAnyOrder(
    [
      reported([potassium('1')]),
      reported([other]),
      alone(potassium('9', { status: 'corrected' })),
      alone(other),
    ],
    {
      [R]: [
        [K, 'corrected', '9'],
        ['K||2', 'final', '2'],
      ],
      [O]: [[K, 'corrected', '9']],
      '~Observation/b': [[K, 'final', '2']],
    },
  )
})

test('two reports with the same observation do not affect each other, and both follow the standalone one', () => {
  const two = [reported([potassium('6.9')]), reported([potassium('5')], {}, 'L2')]
  inAnyOrder(two, { [R]: [[K, 'final', '6.9']], 'L2^U&E': [[K, 'final', '5']] })
  inAnyOrder([...two, alone(potassium('5', retracted))], {
    [R]: [[K, 'entered-in-error', null]],
    'L2^U&E': [[K, 'entered-in-error', null]],
    [O]: [[K, 'entered-in-error', null]],
  })
})

test('a retracted report retracts its values and the standalone observation until that is stated again', () => {
  const messages = [
    reported([potassium('6.9')]),
    alone(potassium('6.9')),
    reported([potassium('6.9')], retracted),
  ]
  const back = [K, 'entered-in-error', null]
  inAnyOrder(messages, { [R]: [back], [O]: [back] })
  inAnyOrder([...messages.slice(0, 2), reported([], retracted)], { [R]: [back], [O]: [back] })
  inAnyOrder([...messages, alone(potassium('5.1'))], { [R]: [back], [O]: [[K, 'final', '5.1']] })
})

/** The observations of a report before it in its bundle. */
const turned = (message: ReturnType<typeof reported>) => ({
  ...message,
  entry: message.entry.toReversed(),
})

test('a cancelled report takes back what its message states, wherever in it, and what it leaves out', () => {
  const [systolic, diastolic] = ['SYS|BP|1', 'DIA|BP|1'].map((key) => [key, 'cancelled', null])
  const cancelled = reported([pressure('120')], { status: 'cancelled' })
  for (const message of [cancelled, turned(cancelled)])
    inAnyOrder([alone(pressure('120', '80')), message], {
      [R]: [systolic],
      [O]: [diastolic, systolic],
    })
  inAnyOrder([cancelled, alone(pressure('125'))], {
    [R]: [systolic],
    [O]: [['SYS|BP|1', 'final', '125']],
  })
})

test('ambiguous identifiers match no observation', () => {
  const same = { identifier: [{ value: 'L1' }] }
  const sodium = resource('NA', { valueString: '140' }, { id: 'o2', ...same })
  expect(
    shown(
      storedAfter(
        sent(
          reported([potassium('6.9', same), sodium]),
          alone(potassium('6.9', { ...same, ...retracted })),
        ),
        1,
      ),
    )[R],
  ).toEqual([
    [K, 'final', '6.9'],
    ['NA||1', 'final', '140'],
  ])
  const contained = { ...potassium('6.9'), subject: undefined }
  const within = reported([], { contained: [contained], result: [{ reference: '#o1' }] })
  expect(shown(storedAfter(sent(within, alone(potassium('6.9', retracted))), 1))[R]).toEqual([
    [K, 'final', '6.9'],
  ])
})
