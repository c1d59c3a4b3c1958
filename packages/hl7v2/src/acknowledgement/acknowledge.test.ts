import { describe, expect, test } from 'vitest'
import { acknowledge } from './acknowledge.ts'
import { answerCode } from './answer-code.ts'
import { type Header, readHeader } from '../lexer/header.ts'

/** 1 July 2026, 08:15 UTC, in microseconds. */
const receivedAt = Date.UTC(2026, 6, 1, 8, 15) * 1000

type SegmentFields = {
  id?: string
  version?: string
  accept?: string
  application?: string
  separators?: string
  characterSet?: string
}
const header = ({
  id = 'MSG1',
  version = '2.4',
  accept = '',
  application = '',
  separators = '|^~\\&',
  characterSet = '',
}: SegmentFields = {}): Header => {
  const f = separators[0] as string
  const c = separators[1] as string
  const fields = [
    `MSH`,
    separators.slice(1),
    'PAS',
    `RJZ${c}KCH${c}L`,
    'SCR',
    'ICS',
    '20260701',
    '',
    `ADT${c}A01`,
    id,
    'P',
    version,
    '',
    '',
    accept,
    application,
    '',
    characterSet,
  ]
  return readHeader(Buffer.from(`${fields.join(f)}\rPID${f}1\r`)) as Header
}
const segments = (bytes: Buffer) => bytes.toString().split('\r')

test('exchanges sender and receiver, has time and type, and echoes MSH-10, version and processing id', () => {
  expect(segments(acknowledge(header(), receivedAt, 'AA', null))).toEqual([
    expect.stringMatching(
      /^MSH\|\^~\\&\|SCR\|ICS\|PAS\|RJZ\^KCH\^L\|20260701081500\.000\+0000\|\|ACK\^A01\^ACK\|T[0-9A-Z]{8,19}\|P\|2\.4$/,
    ),
    'MSA|AA|MSG1',
    '',
  ])
})

test.each([
  ['2.1', 'ACK'],
  ['2.3', 'ACK^A01'],
  ['2.3.1', 'ACK^A01^ACK'],
  ['2.5.1', 'ACK^A01^ACK'],
  ['nonsense', 'ACK^A01^ACK'],
])('in version %s the message type is %s', (version, type) => {
  expect(segments(acknowledge(header({ version }), receivedAt, 'AA', null))[0]?.split('|')[8]).toBe(
    type,
  )
})

test('keeps the separators and the character set of the message', () => {
  const [msh, msa] = segments(
    acknowledge(header({ separators: '#!~\\&', characterSet: '8859/1' }), receivedAt, 'AA', null),
  )
  expect(msh).toMatch(/^MSH#!~\\&#SCR#ICS#PAS#RJZ!KCH!L#.*#ACK!A01!ACK#T\w+#P#2\.4######8859\/1$/)
  expect(msa).toBe('MSA#AA#MSG1')
})

test('a control id with non-ASCII letters is echoed in its original bytes', () => {
  const bytes = Buffer.from(
    'MSH|^~\\&|PAS|RJZ|||20260701||ADT^A01|KÖ1|P|2.4||||||8859/1\r',
    'latin1',
  )
  expect(
    acknowledge(readHeader(bytes), receivedAt, 'AA', null).includes(
      Buffer.from('MSA|AA|KÖ1\r', 'latin1'),
    ),
  ).toBe(true)
})

describe('ERR has segment and field', () => {
  test('up to 2.4 in ERR-1, and in the later fields that older receivers ignore', () => {
    const [, msa, err] = segments(
      acknowledge(header(), receivedAt, 'AR', {
        code: 'UNKNOWN_SOURCE',
        condition: '204',
        place: 'MSH-4',
      }),
    )
    expect(msa).toBe('MSA|AR|MSG1|UNKNOWN_SOURCE')
    expect(err).toBe(
      'ERR|MSH^1^4^204&Unknown key identifier&HL70357|MSH^1^4|204^Unknown key identifier^HL70357|E',
    )
  })

  test.each([
    ['MISSING_CONTROL_ID', '101', 'MSH-10', 'ERR||MSH^1^10|101^Required field missing^HL70357|E'],
    ['TEST_MESSAGE', '202', 'MSH-11', 'ERR||MSH^1^11|202^Unsupported processing id^HL70357|E'],
    ['SAME_PATIENT_MERGED', '205', 'MRG-1', 'ERR||MRG^1^1|205^Duplicate key identifier^HL70357|E'],
    ['INVALID_FIELD', '102', 'OBX[3]-5', 'ERR||OBX^3^5|102^Data type error^HL70357|E'],
    ['NOT_HL7', '100', 'MSH', 'ERR||MSH^1|100^Segment sequence error^HL70357|E'],
    ['LOG_UNAVAILABLE', '207', null, 'ERR|||207^Application internal error^HL70357|E'],
  ] as const)('from 2.5 in ERR-2 and ERR-3: %s (%s) at %s', (code, condition, place, expected) => {
    expect(
      segments(
        acknowledge(header({ version: '2.5.1' }), receivedAt, 'AR', { code, condition, place }),
      )[2],
    ).toBe(expected)
  })
})

test('input that is not HL7 gets a minimal answer', () => {
  const [msh, msa, err] = segments(
    acknowledge(null, receivedAt, 'AR', { code: 'NOT_HL7', condition: '100', place: 'MSH' }),
  )
  expect(msh).toMatch(/^MSH\|\^~\\&\|\|\|\|\|20260701081500\.000\+0000\|\|ACK\|T\w+\|P\|2\.4$/)
  expect(msa).toBe('MSA|AR||NOT_HL7')
  expect(err).toMatch(/^ERR\|MSH\^1\^\^100&/)
})

test('UTF-16 is answered in UTF-8, declared in MSH-18', () => {
  const bytes = Buffer.from(
    '\ufeffMSH|^~\\&|PAS|RJZ|||20260701||ADT^A01|MSG1|P|2.4||||||UNICODE UTF-16\r',
    'utf16le',
  )
  const [msh, msa] = segments(acknowledge(readHeader(bytes), receivedAt, 'AA', null))
  expect(msh?.endsWith('|UNICODE UTF-8')).toBe(true)
  expect(msa).toBe('MSA|AA|MSG1')
})

describe('requested answers (MSH-15, MSH-16)', () => {
  test.each([
    ['', '', 'AA', 'AE', 'AR'],
    ['AL', 'NE', 'CA', 'CE', 'CR'],
    ['AL', '', 'CA', 'CE', 'CR'],
    ['AL', 'AL', 'CA', 'CE', 'CR'],
    ['NE', 'AL', 'AA', 'AE', 'AR'],
    ['', 'AL', 'AA', 'AE', 'AR'],
    ['NE', 'NE', null, null, null],
    ['ER', 'NE', null, 'CE', 'CR'],
    ['SU', 'NE', 'CA', null, null],
    ['NE', 'ER', null, 'AE', 'AR'],
    ['NE', 'SU', 'AA', null, null],
    ['ER', 'AL', 'AA', 'CE', 'CR'],
    ['12345', 'MRN001', 'AA', 'AE', 'AR'],
    ['al', 'ne', 'CA', 'CE', 'CR'],
    ['ne', 'ne', null, null, null],
    ['AL', 'MRN001', 'CA', 'CE', 'CR'],
  ] as const)('%s and %s', (accept, application, aa, ae, ar) => {
    const requested = header({ accept, application })
    expect([
      answerCode(requested, 'AA'),
      answerCode(requested, 'AE'),
      answerCode(requested, 'AR'),
    ]).toEqual([aa, ae, ar])
  })

  test.each(['ACK', 'ACK^A01', 'ack', 'NAK', 'MCF^A01'])('%s is never answered', (type) => {
    const bytes = Buffer.from(`MSH|^~\\&|A|B|||2026||${type}|1|P|2.4|||AL|AL\rMSA|AA\r`)
    expect(answerCode(readHeader(bytes), 'AA')).toBeNull()
    expect(answerCode(readHeader(bytes), 'AR')).toBeNull()
  })

  test('without a header there is always an answer', () => {
    expect(answerCode(null, 'AR')).toBe('AR')
  })
})
