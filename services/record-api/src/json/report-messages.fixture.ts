import { bundle, patient, subject, system } from '@tideway/fhir-ingest/sender.fixture'

/** Segments of an ORU, sent at a day and hour of September. */
export const oru = (time: string, ...segments: string[]): string =>
  [
    `MSH|^~\\&|LIS|X99|TW|REG|202609${time}0000||ORU^R01|S${time}|P|2.5.1`,
    'PID|1||1^^^X99^MR||Testcase^Ada||19700101|F',
    ...segments,
    '',
  ].join('\r')

/** A DiagnosticReport with its Observations, sent at a day of September. */
export const reportBundle = (
  day: string,
  status: string,
  results: Record<string, [status: string, value: string]>,
  more: object = {},
) => ({
  ...bundle(
    'collection',
    { fullUrl: 'urn:uuid:p', resource: patient() },
    {
      fullUrl: 'urn:uuid:r',
      resource: {
        resourceType: 'DiagnosticReport',
        id: 'r1',
        identifier: [{ system: system('X99', 'report'), value: 'F1' }],
        status,
        code: { coding: [{ code: 'UE' }] },
        subject,
        result: Object.keys(results).map((code) => ({ reference: `urn:uuid:${code}` })),
        ...more,
      },
    },
    ...Object.entries(results).map(([code, [own, value]]) => ({
      fullUrl: `urn:uuid:${code}`,
      resource: {
        resourceType: 'Observation',
        status: own,
        code: { coding: [{ code }] },
        subject,
        valueString: value,
      },
    })),
  ),
  timestamp: `2026-09-${day}T10:00:00Z`,
})
