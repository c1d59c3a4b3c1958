import { readFileSync } from 'node:fs'
import type {
  MedicationGiven,
  MedicationPrescribed,
  RequestReported,
} from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { type Hl7Message, parse } from '@tideway/hl7v2/lexer/message'
import { unusedFields } from '@tideway/hl7v2/lexer/unused-fields'
import { readOrderMessage } from './orders.ts'

const source = JSON.parse(
  readFileSync(new URL('../../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
const bodies = (
  about: 'requests' | 'medicines' | 'either',
  segments: string[],
  { pid = '1^^^X99^MR', first = false, ods = 'X99' } = {},
) =>
  readOrderMessage(
    parse(['MSH|^~\\&', `PID|||${pid}`, ...segments].join('\r'), 'utf-8') as Hl7Message,
    { source: { ...source, ods }, production: false, fixes: [], times: new Map() },
    about,
    first,
  )
    .slice(1)
    .map(({ body }) => body)
const requests = (...segments: string[]) => bodies('requests', segments) as RequestReported[]
const given = (...segments: string[]) =>
  bodies('medicines', segments).filter(
    ({ type }) => type === 'MedicationGiven',
  ) as MedicationGiven[]

test('an order is known by the number of who placed it, so that its cancellation meets it', () => {
  expect(
    requests('ORC|NW|P1|F1', 'OBR|1|P1|F1|UE^Urea', 'ORC|CA|P1').map(({ requestId }) => requestId),
  ).toEqual(['P1', 'P1'])
  expect([
    requests('ORC|NW|P1|F1', 'OBR|1|||UE')[0]?.requestId,
    requests('ORC|CA|P1')[0]?.requestId,
    requests('ORC|SC||F1', 'OBR|1|||UE')[0]?.requestId,
  ]).toEqual(['P1', 'P1', 'F1'])
})

test('orders that share one number are told apart by their service', () => {
  expect(
    requests('ORC|NW|P1', 'OBR|1|||NA', 'OBR|2|||K').map(({ requestId, control }) => [
      requestId,
      control,
    ]),
  ).toEqual([
    ['P1^NA', 'NW'],
    ['P1^K', 'NW'],
  ])
})

test('without a number group, service and time tell', () => {
  expect(requests('ORC|SC|||G1|CM||||20260701090000', 'OBR|1|||UE')[0]?.requestId).toBe(
    '~G1^UE@2026-07-01T09:00:00+01:00',
  )
  expect(
    requests('ORC|NW', 'OBR|1|||UE', 'ORC|NW', 'OBR|1|||UE').map(({ requestId }) => requestId),
  ).toEqual(['~UE@', '~UE@#2'])
  expect(() => requests('ORC|SC')).toThrow('MISSING_FIELD at ORC-2')
  expect(() => requests()).toThrow('MISSING_FIELD at ORC')
})

test('a number of another sender stands behind its name, unless its authority is the patient’s own organisation', () => {
  const ofLab = (placer: string) =>
    (bodies('requests', [`ORC|SC|${placer}`, 'OBR|1|||UE'], { ods: 'XL1' })[0] as RequestReported)
      .requestId
  expect([ofLab('P1'), ofLab('P1^OCS'), ofLab('P1^X99PAS')]).toEqual(['XL1:P1', 'XL1:P1', 'P1'])
})

test('a number of the OBR that differs from the ORC’s stands beside it', () => {
  expect(requests('ORC|NW|P1', 'OBR|1|P2|F2|UE')[0]).toMatchObject({
    requestId: 'P1',
    placerNumber: 'P1',
    fillerNumber: 'F2',
    otherNumbers: ['P2'],
  })
  expect(requests('ORC|NW|P1^EPR', 'OBR|1|P1^EPR||UE')[0]?.otherNumbers).toEqual([])
})

test('an ORC alone in a message that does not say what it is about tells both a request and a medicine', () => {
  expect(bodies('either', ['ORC|DC|P1']).map(({ type }) => type)).toEqual([
    'RequestReported',
    'MedicationPrescribed',
  ])
  expect(bodies('either', ['ORC|NW|P1']).map(({ type }) => type)).toEqual(['RequestReported'])
  expect(bodies('medicines', ['ORC|DC|P1']).map(({ type }) => type)).toEqual([
    'MedicationPrescribed',
  ])
  expect(bodies('requests', ['ORC|DC|P1']).map(({ type }) => type)).toEqual(['RequestReported'])
})

test('what was asked for is repeated beside what the pharmacy made of it, and both beside a dose', () => {
  const kinds = (...segments: string[]) =>
    bodies('medicines', segments).map((body) => [body.type, (body as MedicationPrescribed).kind])
  expect(kinds('ORC|NW|P1', 'RXO|A')).toEqual([['MedicationPrescribed', 'prescription']])
  expect(kinds('ORC|NW|P1', 'RXO|A', 'RXE||B')).toEqual([
    ['MedicationPrescribed', 'repeated'],
    ['MedicationPrescribed', 'prescription'],
  ])
  expect(kinds('ORC|RE|P1', 'RXO|A', 'RXE||B', 'RXA|1|1|20260701|20260701|B')).toEqual([
    ['MedicationPrescribed', 'repeated'],
    ['MedicationPrescribed', 'repeated'],
    ['MedicationGiven', undefined],
  ])
})

test('timing is that of the segment itself, else that of its ORC', () => {
  const patterns = (...segments: string[]) =>
    bodies('medicines', segments).map((body) =>
      (body as MedicationPrescribed).timings.map((timing) => timing.patterns[0]?.code),
    )
  expect(patterns('ORC|NW|P1', 'TQ1|1||BID', 'RXO|A', 'RXE||B', 'TQ1|1||TID')).toEqual([
    ['BID'],
    ['TID'],
  ])
  expect(patterns('ORC|NW|P1', 'TQ1|1||BID', 'RXE||B')).toEqual([['BID']])
  expect(patterns('ORC|NW|P1|||||^QID', 'RXE|^QHS|B')).toEqual([['QHS']])
  expect(patterns('ORC|NW|P1|||||^QID', 'RXE||B')).toEqual([['QID']])
})

test('two doses never become one: by their time, and by their place where nothing tells them apart', () => {
  const ids = (...segments: string[]) =>
    given(...segments).map(({ administrationId, prescriptionId }) => [
      administrationId,
      prescriptionId,
    ])
  expect(
    ids(
      'ORC|RE|P1',
      'RXA|0|1|202607010800|202607010800|A',
      'ORC|RE|P1',
      'RXA|0|1|202607011400|202607011400|A',
    ),
  ).toEqual([
    ['P1|0.1@2026-07-01T08:00+01:00', 'P1'],
    ['P1|0.1@2026-07-01T14:00+01:00', 'P1'],
  ])
  expect(ids('ORC|RE|P1', 'RXA|0|1|20260701||A', 'RXA|0|1|20260701||B').map(([id]) => id)).toEqual([
    'P1|0.1@2026-07-01',
    'P1|0.1@2026-07-01#2',
  ])
  expect(() => given('ORC|RE|P1', 'RXA|0|1|yesterday||A')).toThrow('INVALID_FIELD at RXA-3')
})

test('a route after several doses is the route of each', () => {
  expect(
    given('ORC|RE|P1', 'RXA|0|1|20260701||A', 'RXA|0|2|20260702||A', 'RXR|PO').map(
      ({ route }) => route?.code,
    ),
  ).toEqual(['PO', 'PO'])
})

test('specimens before their orders belong to each of them, what was observed of them to the first', () => {
  const read = bodies(
    'requests',
    [
      'SPM|1|S1||B',
      'OBX|1|ST|V||low',
      'ORC|NW|P1',
      'OBR|1|||NA',
      'ORC|NW|P2',
      'OBR|1|||K',
      'SPM|2|S2||U',
      'ORC|NW|P3',
      'OBR|1|||C',
    ],
    { first: true },
  ) as RequestReported[]
  expect(
    read.map(({ specimens, answers }) => [
      specimens.map(({ specimenId }) => specimenId),
      answers.length,
    ]),
  ).toEqual([
    [['S1'], 1],
    [['S1'], 0],
    [['S2'], 0],
  ])
})

test('notes and observations belong to what stands before them; a PRT between does not part them', () => {
  const [one] = requests(
    'NTE|1||Of nobody',
    'ORC|NW|P1',
    'NTE|1||Of the order',
    'OBR|1|||NA',
    'NTE|1||Of the service',
    'OBX|1|ST|V||low',
    'PRT|1|AD',
    'NTE|1||Of the value',
  )
  expect([one?.notes, one?.answers[0]?.notes]).toEqual([
    ['Of the order', 'Of the service'],
    ['Of the value'],
  ])
})

test('supplies and diets are requests too', () => {
  expect(
    requests('ORC|NW|P1', 'RQD|1|23^Hip||', 'ORC|NW|P2', 'ODS|D||RENAL^Renal diet').map(
      ({ service, category }) => [service?.code, category],
    ),
  ).toEqual([
    ['23', null],
    ['RENAL', 'DIET'],
  ])
})

test('a note says who entered it, when, and of what kind, with its words', () => {
  const [request] = requests(
    'ORC|NW|P1',
    'NTE|1||first',
    'OBR|1|P1||UE',
    'NTE|1|P|second|RE|C1^RAO|202607010900|2026|2027',
    'NTE|2',
  )
  expect(request).toMatchObject({
    notes: ['first', 'second'],
    noteDetails: [
      {
        text: 'second',
        kind: { code: 'RE' },
        enteredBy: { identifier: 'C1' },
        enteredAt: '2026-07-01T09:00+01:00',
        effectiveFrom: '2026',
        effectiveUntil: '2027',
      },
    ],
  })
})

test('who takes part is of the order above, never of an observation or a specimen below it', () => {
  const read = bodies('requests', [
    'ORC|NW|P1',
    'PRT|1|AD||AD||||ORC ward',
    'TQ1|1',
    'OBR|1|P1||UE',
    'PRT|1|AD||AD|C1^RAO|PPT|||LAB^1',
    'OBX|1|ST|A||1',
    'PRT|1|AD||PP|C2',
    'SPM|1|S1',
    'PRT|1|AD||PP|C3',
  ])[0] as RequestReported
  expect(
    read.participants.map(({ practitioner, organisation, location }) => [
      practitioner?.identifier ?? organisation?.name,
      location?.pointOfCare ?? null,
    ]),
  ).toEqual([
    ['ORC ward', null],
    ['C1', 'LAB'],
  ])
  expect(read.participants[1]?.providerTypes).toMatchObject([{ code: 'PPT' }])
  const prescription = bodies('medicines', [
    'ORC|NW|P1',
    'RXO|M1',
    'PRT|1|AD||AD|C1',
  ])[0] as MedicationPrescribed
  expect(prescription.participants).toMatchObject([{ practitioner: { identifier: 'C1' } }])
})

const segment = (name: string, values: Record<number, string>) =>
  [name, ...Array.from({ length: 53 }, (_, at) => values[at + 1] ?? '')].join('|')

test('what else the OBR says: other numbers, another time, its services, and the specimen that was ordered', () => {
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

test('a container is of the specimen before it, never of another', () => {
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

test('what is not kept of a setting, of a remark on the specimen, and of who entered a note is listed', () => {
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
    { source, production: false, fixes: [], times: new Map() },
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

test('the most of a medicine that may be given, all doses together, and in what time', () => {
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

test('a visit before a later order is told too, with its own PV2 and its places, and nothing of the first', () => {
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

test('contacts of the patient are told without a visit too', () => {
  expect(
    bodies('requests', ['NK1|1|DOE^JO', 'ORC|NW|P1', 'OBR|1|P1||UE']).map(({ type }) => type),
  ).toEqual(['ContactReported', 'RequestReported'])
})

test('whom to turn to about an order is told with it, and is no contact of the patient', () => {
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
