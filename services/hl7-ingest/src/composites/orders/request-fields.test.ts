import type { MedicationPrescribed } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { type Hl7Message, parse } from '@tideway/hl7v2/lexer/message'
import { unusedFields } from '@tideway/hl7v2/lexer/unused-fields'
import { readOrderMessage } from './orders.ts'
import { source, bodies, requests } from './orders.fixture.ts'

const segment = (name: string, values: Record<number, string>) =>
  [name, ...Array.from({ length: 53 }, (_, at) => values[at + 1] ?? '')].join('|')

test('other OBR fields: other numbers, another time, services, and the ordered specimen', () => {
  const obr = segment('OBR', {
    2: 'P2',
    3: 'F1',
    4: 'UE',
    6: '20260702',
    15: 'BLD^Blood',
    19: 'PF1',
    24: 'BCH',
    29: 'P8^F9',
    39: 'Lipaemic',
    46: 'S1^One',
    47: 'S2',
    53: 'ALT',
  })
  const spm = segment('SPM', {
    2: 'S9^S10',
    3: 'P3&A^F3&A',
    4: 'SER',
    30: 'AC1',
    31: 'OT1',
    32: 'SH1',
  })
  const [request] = requests(
    'ORC|NW|P1|F1|||||P7|20260701',
    obr,
    spm,
    segment('SAC', { 2: 'AC2', 3: 'C1', 21: '10', 22: '5', 24: 'mL' }),
  )
  expect(request).toMatchObject({
    requestedAt: '2026-07-01',
    neededAt: '2026-07-02',
    section: 'BCH',
    placerFields: ['PF1'],
    orderedSpecimen: { type: { code: 'BLD' }, notes: ['Lipaemic'] },
    otherNumbers: ['P2', 'ALT', 'P8'],
    supplementalServices: [{ code: 'S1' }, { code: 'S2' }],
    specimens: [
      {
        type: { code: 'SER' },
        parentIds: ['F3'],
        parentPlacerIds: ['P3'],
        accessions: [{ value: 'AC1' }],
        otherIds: [{ value: 'OT1' }],
        shipmentId: 'SH1',
        containerAccession: 'AC2',
        containerVolume: { value: '10' },
        availableVolume: { value: '5' },
      },
    ],
  })
})

test('a container belongs to the specimen before it, never to another', () => {
  const [request] = requests(
    'ORC|NW|P1|F1',
    'OBR|1|P1|F1|UE',
    'SPM|1|S1',
    segment('SAC', { 3: 'C1', 21: '10' }),
    'SPM|2|S2',
    'SPM|3|S3',
    segment('SAC', { 3: 'C3' }),
    segment('SAC', { 3: 'C4' }),
  )
  expect(
    request?.specimens.map(({ specimenId, containerId, containerVolume }) => [
      specimenId,
      containerId,
      containerVolume?.value,
    ]),
  ).toEqual([
    ['S1', 'C1', '10'],
    ['S2', null, undefined],
    ['S3', 'C3', undefined],
  ])
})

test('unused components of a setting, a specimen comment and a note author are listed', () => {
  const message = parse(
    [
      'MSH|^~\\&',
      'PID|||1^^^X99^MR',
      segment('ORC', { 1: 'NW', 2: 'P1', 29: 'I^Inpatient^HL70482^A^B^C' }),
      segment('OBR', { 2: 'P1', 4: 'UE', 39: 'LIP^Lipaemic^L~HAE' }),
      'NTE|1||seen||C1~C2',
      'SPM|1|S1',
    ].join('\r'),
    'utf-8',
  ) as Hl7Message
  const [, draft] = readOrderMessage(
    message,
    { source, messageId: 'm1', production: false, fixes: [], times: new Map() },
    'requests',
  )
  expect(draft?.body).toMatchObject({
    setting: 'I',
    settingName: 'Inpatient',
    orderedSpecimen: { notes: ['Lipaemic', 'HAE'] },
    noteDetails: [{ text: 'seen', enteredBy: { identifier: 'C1' } }],
  })
  expect(unusedFields(message)).toEqual(
    expect.arrayContaining([
      'ORC-29.3',
      'ORC-29.4',
      'ORC-29.5',
      'ORC-29.6',
      'OBR-39.1',
      'OBR-39.3',
      'NTE-5',
    ]),
  )
})

test('the maximum amount of a medicine over all doses, and its period', () => {
  const [prescription] = bodies('medicines', [
    'ORC|NW|P1',
    'RXE||M1|1||mg',
    'CDO|1|A|100^mg|24^h',
    'CDO|2|A||24^h',
  ]) as MedicationPrescribed[]
  expect(prescription?.doseLimits).toMatchObject([
    { limit: { value: '100', unit: { code: 'mg' } }, within: { value: '24', unit: { code: 'h' } } },
  ])
  const [dispensed] = bodies('medicines', ['ORC|RE|P1', 'RXD|1|M1|20260701', 'CDO|1|A|100^mg|24^h'])
  expect(dispensed).toMatchObject({
    type: 'MedicationDispensed',
    doseLimits: [{ limit: { value: '100' } }],
  })
})

test('a visit before a later order is reported with its own PV2 and locations, and nothing of the first visit', () => {
  const pv1 = (number: string, place: string) =>
    `PV1|1|I|${place}|||OLD${place}${'|'.repeat(13)}${number}^^^X99`
  const all = bodies('requests', [
    pv1('V1', 'A'),
    'PV2|||R1^First',
    'ORC|NW|P1',
    'OBR|1|P1||UE',
    pv1('V2', 'B'),
    'ORC|NW|P2',
    'OBR|1|P2||UE',
  ])
  expect(all).toMatchObject([
    {
      type: 'VisitUpdated',
      encounterId: 'V1',
      visit: { reason: { code: 'R1' } },
      toldPlaces: { location: null, priorLocation: { pointOfCare: 'OLDA' } },
    },
    { type: 'RequestReported', encounterId: 'V1', location: { pointOfCare: 'A' } },
    { type: 'RequestReported', encounterId: 'V2' },
    {
      type: 'VisitUpdated',
      encounterId: 'V2',
      visit: { reason: null, location: null },
      toldPlaces: { location: { pointOfCare: 'B' }, priorLocation: { pointOfCare: 'OLDB' } },
    },
  ])
})

test('contacts of the patient are reported even without a visit', () => {
  expect(
    bodies('requests', ['NK1|1|DOE^JO', 'ORC|NW|P1', 'OBR|1|P1||UE']).map(({ type }) => type),
  ).toEqual(['ContactReported', 'RequestReported'])
})

test('a contact of an order is reported with the order, not as a contact of the patient', () => {
  const all = bodies('requests', [
    'ORC|NW|P1',
    'OBR|1|P1||UE',
    'CTD|C^Emergency contact~N|DOE^JO|1 MILL RD|WARD^3|020|O^Office|77^L',
  ])
  expect(all).toMatchObject([
    {
      type: 'RequestReported',
      contacts: [
        {
          roles: [{ code: 'C' }, { code: 'N' }],
          names: [{ family: 'DOE' }],
          addresses: [{ lines: ['1 MILL RD'] }],
          location: { room: '3' },
          telecoms: [{ value: '020' }],
          preferredMethod: { code: 'O' },
          numbers: ['77'],
        },
      ],
    },
  ])
})
