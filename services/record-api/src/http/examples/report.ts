import type { ReportAnswer } from '../../json/report.ts'
import { encounter } from './encounter.ts'
import { patient } from './patient.ts'
import { origin, receivedAt, statedIn } from './stated.ts'

const value = (sent: string, statusAsSent: string, at: string) => ({
  value: sent,
  valueType: 'NM',
  unit: { code: 'mmol/L' },
  ucum: 'mmol/L',
  numeric: { value: Number(sent) },
  range: '3.5-5.3',
  flags: ['H'],
  statusAsSent,
  observedAt: '2026-11-22T08:40:00+00:00',
  notes: [],
  receivedAt: at,
  ...statedIn('OBX[1]'),
})

export const report: ReportAnswer = {
  kind: 'report',
  id: 'Zx8sJ3l5Qm2vB7nT0yHcUg',
  organisation: 'RJZ',
  patient: patient.id,
  receivedAt,
  origins: [origin('OBR[1]')],
  reportId: 'L26-55120|U&E',
  placerNumber: 'O-7781',
  fillerNumber: 'L26-55120',
  service: { code: 'U&E', text: 'Urea and electrolytes', systemAsSent: 'LOCAL' },
  section: 'CH',
  status: 'corrected',
  statusAsSent: 'C',
  collectedAt: '2026-11-22T08:40:00+00:00',
  issuedAt: '2026-11-22T09:12:00+00:00',
  requesters: [],
  interpreters: [],
  copyTo: [],
  encounterId: encounter.encounterId,
  encounter: encounter.id,
  notes: [],
  category: 'LABORATORY',
  observations: [
    {
      key: 'K||1',
      code: {
        code: 'K',
        text: 'Potassium',
        systemAsSent: 'LOCAL',
        alternateCode: '2823-3',
        alternateText: 'Potassium [Moles/volume] in Serum or Plasma',
        alternateSystem: 'http://loinc.org',
        alternateSystemAsSent: 'LN',
      },
      status: 'corrected',
      ...value('6.4', 'C', receivedAt),
      earlier: [value('4.6', 'F', '2026-11-22T09:02:40.870Z')],
    },
  ],
}
