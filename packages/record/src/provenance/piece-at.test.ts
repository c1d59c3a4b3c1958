import { expect, test } from 'vitest'
import { messageLocator } from './message-locator.ts'
import type { Locator } from './locate.ts'
import { pieceAt } from './piece-at.ts'

const hl7 = messageLocator(
  'MSH|^~\\&|A|B\rPID|1||1^^^A~2^^^B&b&ISO\rOBX|1|ST|K||a\rOBX|2|ST|K||b^c~d\rfree text',
) as Locator
const fhir = messageLocator(
  JSON.stringify({
    resourceType: 'Bundle',
    entry: [
      {
        resource: { resourceType: 'Patient', contact: [{ gender: 'male' }, { gender: 'female' }] },
      },
    ],
  }),
) as Locator

test.each([
  ['OBX[2]', 'OBX|2|ST|K||b^c~d\rfree text'],
  ['OBX[2]-5[1].2', 'c'],
  ['OBX[2]-2', 'ST'],
  ['PID[1]-3[2].4.2', 'b'],
  ['OBX[1]-5.1', 'a'],
  ['OBX[1]-17', 'OBX|1|ST|K||a'],
])('%s of a message is the text there, or what is around it', (place, text) => {
  expect(pieceAt(hl7, place)?.text).toBe(text)
})

test('a segment that is not there has no piece', () => {
  expect(pieceAt(hl7, 'ZZZ[1]-1')).toBeNull()
})

test.each([
  ['Bundle.entry[0].resource.contact[1].gender', 'female'],
  ['Bundle.entry[0].resource.contact[1].period', '{"gender":"female"}'],
])('%s of a Bundle', (place, text) => {
  expect(pieceAt(fhir, place)?.text).toBe(text)
})
