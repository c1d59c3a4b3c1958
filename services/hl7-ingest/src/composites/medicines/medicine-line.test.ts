import { type MedicineFacts, medicineLine } from '@tideway/record/summary/medicines/medicine-line'
import { expect, test } from 'vitest'
import { given, msh, pid } from '../../normalise/normalise.fixture.ts'

const lineOf = (type: string, ...segments: string[]) => {
  const { events } = given(`${msh(type)}${pid}${segments.join('\r')}`)
  const bodies = events.map(({ body }) => body as unknown as MedicineFacts)
  return medicineLine(bodies.find(({ medication }) => medication != null) as MedicineFacts)
}
const rde = (rxe: string, ...more: string[]) => lineOf('RDE^O11', 'ORC|NW|P1', rxe, ...more)
const ten = 'RXE||M^Methotrexate|10||mg'

test.each([
  ['weekly in words', [`${ten}||ONCE A WEEK`], 'DOSE 10 mg, "ONCE A WEEK"'],
  ['weekly in TQ1-3', [ten, 'TQ1|1||Q1W'], 'DOSE 10 mg, every week'],
  ['weekly on Monday', [ten, 'TQ1|1||QJ1'], 'DOSE 10 mg, every Monday'],
  ['every second Tuesday', [ten, 'TQ1|1||Q2J2'], 'DOSE 10 mg, every 2 weeks on Tuesday'],
  ['weekly as the sender codes it', [ten, 'TQ1|1||QWK'], 'DOSE 10 mg, QWK'],
  ['weekly in TQ1-3 as words', [ten, 'TQ1|1||ONCE A WEEK'], 'DOSE 10 mg, ONCE A WEEK'],
  ['weekly in TQ1-11', [ten, 'TQ1|1||||||||||ONCE A WEEK'], 'DOSE 10 mg, ONCE A WEEK'],
  [
    'in words and coded',
    [`${ten}||ONCE A WEEK ON MONDAY`, 'TQ1|1||Q1W'],
    'DOSE 10 mg, every week, "ONCE A WEEK ON MONDAY"',
  ],
  ['alternate days', [ten, 'TQ1|1||QOD'], 'DOSE 10 mg, every second day'],
  ['hourly', [ten, 'TQ1|1||Q1H'], 'DOSE 10 mg, every hour'],
  [
    'as needed with a reason and a limit',
    [ten, 'TQ1|1||Q6H^PRN||||||PRN|Pain', 'CDO|1||40^mg|24^h'],
    'DOSE 10 mg, every 6 hours, as needed, "Pain", maximum 40 mg in 24 hours',
  ],
  [
    'a taper',
    ['RXE||P^Prednisolone|30||mg', 'TQ1|1|30^mg|QD|||5^d||||||S', 'TQ1|2|20^mg|QD|||5^d'],
    'DOSE 30 mg, QD, for 5 days, then DOSE 20 mg, QD, for 5 days',
  ],
  [
    'an infusion with a route',
    ['RXE||S^Saline|1000||ml|||||||||||||||||H8|125|ml/h', 'TQ1|1||C', 'RXR|IV^Intravenous'],
    'DOSE 1,000 ml, over 8 hours, RATE 125 ml/h, Intravenous, continuously',
  ],
  [
    'an infusion by RXE-23 and 24 alone',
    [`RXE||N^Noradrenaline|||||||||||||||||||||5|ml/h`],
    'RATE 5 ml/h',
  ],
  [
    'a rate by weight, its unit coded',
    ['RXE||D^Dopamine|||||||||||||||||||||10|ug/kg/min^micrograms per kg per minute'],
    'RATE 10 micrograms per kg per minute',
  ],
  [
    'an infusion of a mixture over a time',
    [
      'RXE||P^Potassium infusion|500||ml|||||||||||||||||H4',
      'TQ1|1||ONCE',
      'RXR|IV^Intravenous',
      'RXC|B^^|N^Sodium chloride 0.9%|500|ml',
      'RXC|A|K^Potassium chloride|20|mmol',
    ],
    'Potassium infusion (Sodium chloride 0.9% 500 ml + Potassium chloride 20 mmol), DOSE 500 ml, over 4 hours, Intravenous, once',
  ],
  [
    'a taper of three steps with the last as needed',
    [
      'RXE||P^Prednisolone|40||mg',
      'TQ1|1|40^mg|QAM|||3^d||||||S',
      'TQ1|2|20^mg|QAM|||3^d||||||S',
      'TQ1|3|5^mg|QOD|||7^d|||PRN',
    ],
    'DOSE 40 mg, every morning, for 3 days, then DOSE 20 mg, every morning, for 3 days, then DOSE 5 mg, every second day, as needed, for 7 days',
  ],
  [
    'a taper in words alone',
    ['RXE||P^Prednisolone|30||mg||30 mg for 5 days\\.br\\then 20 mg for 5 days'],
    'DOSE 30 mg, "30 mg for 5 days\nthen 20 mg for 5 days"',
  ],
  ['a dose up to', ['RXE||M^Methotrexate||20|mg', 'TQ1|1||Q1W'], 'DOSE up to 20 mg, every week'],
  [
    'a time in RXE-1, before 2.5',
    ['RXE|^Q1W^L3|M^Methotrexate|10||mg'],
    'DOSE 10 mg, every week, for 3 months',
  ],
  ['no end', ['RXE|^QOD^INDEF|M^Methotrexate|10||mg'], 'DOSE 10 mg, every second day, for INDEF'],
])('the line of an order: %s', (_, segments, words) => {
  const [rxe = '', ...more] = segments
  expect(rde(rxe, ...more)?.replace(/^\w+, /, '')).toBe(words)
})

test.each([
  ['999', 'Heparin, DOSE amount not recorded'],
  ['999|^^', 'Heparin, DOSE amount not recorded'],
  ['9999', 'Heparin, DOSE amount not recorded'],
  ['999.0', 'Heparin, DOSE amount not recorded'],
  ['999|mg', 'Heparin, DOSE 999 mg'],
  ['99', 'Heparin, DOSE 99'],
  ['5000|units', 'Heparin, DOSE 5,000 units'],
])('RXA-6 %s', (sent, line) => {
  expect(lineOf('RAS^O17', 'ORC|NW|P1', `RXA|0|1|20260701|20260701|H^Heparin|${sent}`)).toBe(line)
})

test.each(['999', '999|mL', '999|0', '9999|mL', '999.00'])(
  'the amount of a vaccine: %s is not recorded',
  (sent) => {
    const { events } = given(
      `${msh('VXU^V04')}${pid}ORC|RE||F1\rRXA|0|1|20260701|20260701|03^MMR^CVX|${sent}\r`,
    )
    expect(
      events.map(({ body }) => body).find(({ type }) => type === 'ImmunizationReported'),
    ).toMatchObject({ dose: { value: null, unit: { text: 'amount not recorded' } } })
  },
)

test('the rate of a give (RXG-15 and 16), and a dose over a time (RXG-14)', () => {
  const rxg = 'RXG|1||^C|H^Heparin|1000||units|||||||H1|5|ml/h'
  expect(lineOf('RGV^O15', 'ORC|NW|P1', rxg)).toBe(
    'Heparin, DOSE 1,000 units, over 1 hour, RATE 5 ml/h, continuously',
  )
})
