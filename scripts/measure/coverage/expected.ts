/**
 * Required outcome of a message type: events, custody only (`kept`: archived and not shown), or an
 * answer from identity data.
 */
export type Fate = 'events' | 'kept' | 'answered'

/**
 * What a message of a type must contain: segments, fields (`MRG-1`), or one of several (`RXO|RXE`).
 */
export type ExpectedFields = { fate: Fate; needs: readonly string[]; patient: boolean }

const visit = [
  'A01',
  'A02',
  'A03',
  'A04',
  'A05',
  'A06',
  'A07',
  'A09',
  'A10',
  'A11',
  'A12',
  'A13',
  'A14',
  'A15',
  'A16',
  'A17',
  'A21',
  'A22',
  'A23',
  'A25',
  'A26',
  'A27',
  'A32',
  'A33',
  'A38',
  'A52',
  'A53',
  'A54',
  'A55',
  'A61',
  'A62',
]
const person = ['A08', 'A24', 'A28', 'A29', 'A31', 'A37', 'A60']
const prior = [
  'A18',
  'A30',
  'A34',
  'A36',
  'A39',
  'A40',
  'A42',
  'A43',
  'A44',
  'A45',
  'A46',
  'A47',
  'A48',
  'A49',
  'A50',
  'A51',
]

const account = ['A35', 'A41']

const rows: [code: string, triggers: readonly string[], needs: readonly string[]][] = [
  ['ADT', visit, ['PID', 'PV1']],
  ['ADT', person, ['PID']],
  ['ADT', prior, ['PID', 'MRG-1|MRG-2|MRG-3|MRG-5']],
  ['ADT', account, ['PID', 'MRG-3']],
  ['ORU', ['', 'R01', 'R30', 'R32', 'R40'], ['PID', 'OBR-4']],
  ['OUL', ['R21', 'R22', 'R23', 'R24'], ['PID', 'OBR-4']],
  ['ORM', ['O01'], ['PID', 'ORC']],
  ['OML', ['O21', 'O33', 'O35'], ['PID', 'ORC']],
  ['OMG', ['O19'], ['PID', 'ORC']],
  ['OMI', ['O23'], ['PID', 'ORC']],
  ['OMP', ['O09'], ['PID', 'ORC', 'RXO']],
  ['RDE', ['O11', 'O25'], ['PID', 'ORC', 'RXE']],
  ['RDS', ['O13'], ['PID', 'ORC', 'RXD']],
  ['RGV', ['O15'], ['PID', 'ORC', 'RXG']],
  ['RAS', ['O17'], ['PID', 'ORC', 'RXA']],
  ['ORR', ['', 'O02'], ['PID', 'ORC']],
  ['ORL', ['O22', 'O34', 'O36', 'O40', 'O53', 'O54', 'O55', 'O56'], ['PID', 'ORC']],
  ['ORG', ['O20'], ['PID', 'ORC']],
  ['ORI', ['O24'], ['PID', 'ORC']],
  ['ORP', ['O10'], ['PID', 'ORC']],
  ['RRE', ['O12', 'O26'], ['PID', 'ORC']],
  ['RRD', ['O14'], ['PID', 'ORC']],
  ['RRG', ['O16'], ['PID', 'ORC']],
  ['RRA', ['O18'], ['PID', 'ORC']],
  ['OMB', ['O27'], ['PID', 'ORC', 'BPO']],
  ['BPS', ['O29'], ['PID', 'BPX']],
  ['BTS', ['O31'], ['PID', 'BTX']],
  [
    'MDM',
    ['T01', 'T02', 'T03', 'T04', 'T05', 'T06', 'T07', 'T08', 'T09', 'T10', 'T11'],
    ['PID', 'TXA'],
  ],
  ['SIU', ['S12', 'S13', 'S14', 'S15', 'S16', 'S17', 'S26'], ['PID', 'SCH']],
  ['VXU', ['V04'], ['PID', 'RXA']],
  ['PPR', ['PC1', 'PC2', 'PC3'], ['PID', 'PRB']],
  ['OSU', ['O51', 'O52'], ['PID', 'ORC']],
  ['REF', ['I12', 'I13', 'I14', 'I15'], ['PID', 'RF1']],
  ['RRI', ['I12', 'I13', 'I14', 'I15'], ['PID']],
  ['DFT', ['P03', 'P11'], ['PID']],
  ['BAR', ['P01', 'P02', 'P05', 'P06', 'P10', 'P12'], ['PID']],
]

const answered = new Set(['ADT^A19', 'QRY^A19', 'QBP^Q21', 'QBP^Q22', 'QBP^Q23'])

const byType = new Map(
  rows.flatMap(([code, triggers, needs]) =>
    triggers.map((trigger): [string, ExpectedFields] => [
      trigger === '' ? code : `${code}^${trigger}`,
      { fate: 'events', needs, patient: true },
    ]),
  ),
)

/**
 * The row of the table for a type, e.g. `ADT^A01`; null for other types, which are parked as
 * unmapped. A20 is about a bed and names no patient.
 */
export const expectedOf = (type: string | null): ExpectedFields | null => {
  if (type === null) return null
  if (type === 'ADT^A20') return { fate: 'events', needs: ['NPU'], patient: false }
  if (answered.has(type)) return { fate: 'answered', needs: [], patient: false }
  if (/^(MFN|MFK)(\^|$)/.test(type)) return { fate: 'kept', needs: [], patient: false }
  return byType.get(type) ?? null
}
