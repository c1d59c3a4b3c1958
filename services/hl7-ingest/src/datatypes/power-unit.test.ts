import { expect, test } from 'vitest'
import { given, msh, obr, oru, pid } from '../normalise/normalise.fixture.ts'
import { joinedPowers } from './power-unit.ts'

const observationOf = (obx: string) => {
  const body = given(`${oru}${obr}${obx}`).events.find(({ body }) => body.type === 'ResultReported')
    ?.body as { observations: { unit: object; ucum: string; numeric: object }[] }
  return body.observations[0]
}
const unitOf = (unit: string) => observationOf(`OBX|1|NM|W^White cells||5.2|${unit}|4.0-11.0|N|||F`)

test.each([
  ['10^9/L', '10^9/L', '10*9/L'],
  ['10^12/L', '10^12/L', '10*12/L'],
  ['x10^9/L', 'x10^9/L', '10*9/L'],
  ['X10^3/uL', 'X10^3/uL', '10*3/uL'],
  ['10*9/L', '10*9/L', '10*9/L'],
  ['10\\S\\9/L', '10^9/L', '10*9/L'],
  ['10^9/L^^UCUM', '10^9/L', '10*9/L'],
  ['10^9/L^10^9/L^L', '10^9/L', '10*9/L'],
  ['10*9/L^10*9/L^UCUM', '10*9/L', '10*9/L'],
  ['kg/m^2', 'kg/m^2', 'kg/m2'],
  ['mL/min/1.73m^2', 'mL/min/1.73m^2', 'mL/min/{1.73_m2}'],
  ['mmol/L^millimole per litre^UCUM', 'mmol/L', 'mmol/L'],
])('the unit %s', (sent, code, ucum) => {
  expect(unitOf(sent)).toMatchObject({ unit: { code }, ucum })
})

test('a power in an amount with its unit, OBX-5 of type CQ, and in a dose and its limit', () => {
  expect(observationOf('OBX|1|CQ|W^White cells||5.2^10^9/L|||||F')).toMatchObject({
    unit: { code: '10^9/L' },
    ucum: '10*9/L',
  })
  const cells = 'RXE||C^Cells|2||10^6/kg\rTQ1|1|3^10^6/kg|ONCE\rCDO|1||4^10^6/kg|1^d'
  const { events } = given(`${msh('RDE^O11')}${pid}ORC|NW|P1\r${cells}`)
  expect(
    events.map(({ body }) => body).find(({ type }) => type === 'MedicationPrescribed'),
  ).toMatchObject({
    dose: { value: '2', unit: { code: '10^6/kg' }, ucum: '10*6/kg' },
    timings: [{ quantity: { value: '3', unit: { code: '10^6/kg' }, ucum: '10*6/kg' } }],
    doseLimits: [{ limit: { value: '4', unit: { code: '10^6/kg' } } }],
  })
})

test.each([
  [['10', '9/L'], ['10^9/L']],
  [
    ['mmol/L', '10'],
    ['mmol/L', '10'],
  ],
  [
    ['mg', '2'],
    ['mg', '2'],
  ],
  [
    ['score of 10', '', 'L'],
    ['score of 10', '', 'L'],
  ],
  [
    ['10^3', '3/uL', 'L'],
    ['10^3', '3/uL', 'L'],
  ],
  [['10', '6', 'IU/mL'], ['10^6^IU/mL']],
  [
    ['x10', '9', 'L', ''],
    ['x10^9^L', ''],
  ],
  [['ml/min/1.73', 'm2'], ['ml/min/1.73^m2']],
  [
    ['10', '9', 'billion', 'L'],
    ['10^9', 'billion', 'L'],
  ],
])('components %j', (sent, joined) => expect(joinedPowers(sent)).toEqual(joined))

test.each(['10^6^IU/mL', 'x10^9^L', '10^9^/L', '10^6^IU/mL^L', '10\\S\\3^3/uL', 'ml/min/1.73^m2'])(
  'no part of the unit %s is taken for the whole',
  (unit) => {
    expect(unitOf(unit)?.ucum).toBeNull()
  },
)
