import { expect, test } from 'vitest'
import { readAcknowledgement } from './acknowledgement.ts'

test('an acceptance has MSA-1 and MSA-2', () => {
  expect(
    readAcknowledgement('MSH|^~\\&|TIDEWAY||PAS||20261122||ACK^A01|9|P|2.4\rMSA|AA|C1'),
  ).toEqual({
    code: 'AA',
    controlId: 'C1',
    text: '',
    errors: [],
  })
})

test('a refusal has location and code', () => {
  const answer = readAcknowledgement(
    'MSH|^~\\&|TIDEWAY||PAS||20261122||ACK|9|P|2.5\rMSA|AR|C1\rERR||MSH^1^4|204^Unknown key identifier^HL70357|E',
  )
  expect(answer).toMatchObject({
    code: 'AR',
    errors: ['MSH^1^4 204^Unknown key identifier^HL70357'],
  })
})

test('other text is not an acknowledgement', () => {
  expect([readAcknowledgement('hello'), readAcknowledgement('MSH|^~\\&|A|B\rPID|1')]).toEqual([
    null,
    null,
  ])
})

const head = '<MSH><MSH.1>|</MSH.1><MSH.2>^~\\&amp;</MSH.2><MSH.10>9</MSH.10></MSH>'

test('an acknowledgement in XML is read too', () => {
  const refusal =
    '<MSA><MSA.1>AR</MSA.1><MSA.2>C1</MSA.2></MSA><ERR><ERR.2><ERL.1>MSH</ERL.1><ERL.2>1</ERL.2></ERR.2><ERR.3><CWE.1>204</CWE.1></ERR.3></ERR>'
  expect(
    readAcknowledgement(
      `<?xml version="1.0" encoding="UTF-8"?>\n<ACK xmlns="urn:hl7-org:v2xml">${head}${refusal}</ACK>`,
    ),
  ).toMatchObject({ code: 'AR', controlId: 'C1', errors: ['MSH^1 204'] })
  expect(readAcknowledgement('<ACK><MSA>')).toBeNull()
})

test('the texts of ERR-7 and ERR-8 and of MSA-3 are shown, and every ERR', () => {
  const answer = readAcknowledgement(
    'MSH|^~\\&|TIDEWAY||PAS||20261122||ACK|9|P|2.5\rMSA|AE|C1|not stored\rERR||PID^1^7|102^Data type error^HL70357|E|INVALID_FIELD||PID-7 is not a date|Send YYYYMMDD\rERR||PV1^1^19|101|E\r',
  )
  expect(answer).toMatchObject({
    text: 'not stored',
    errors: [
      'PID^1^7 102^Data type error^HL70357 INVALID_FIELD PID-7 is not a date Send YYYYMMDD',
      'PV1^1^19 101',
    ],
  })
})

test('before version 2.5 an error is in ERR-1', () => {
  expect(
    readAcknowledgement(
      'MSH|^~\\&|TIDEWAY||PAS||20261122||ACK|9|P|2.3\rMSA|AE|C1\rERR|PID^1^7^102\r',
    )?.errors,
  ).toEqual(['PID^1^7^102'])
})
