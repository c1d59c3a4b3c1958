import type { NotCurrent, ObservationStatus } from '@tideway/schemas/documents/entry'
import type { ReportLine } from '@tideway/schemas/documents/head'
import { Type } from 'typebox'

const statuses = [
  'registered',
  'preliminary',
  'final',
  'verified',
  'amended',
  'corrected',
  'cancelled',
  'not-asked',
  'entered-in-error',
  'wrong-patient',
  'unknown',
] as const satisfies readonly ObservationStatus[]

export const ObservationStatusWord = Type.Enum(statuses, {
  description:
    'HL7 table 0085 in words. `entered-in-error` and `wrong-patient` are withdrawn: no value is shown.',
})

/** Status of a document. */
export const DocumentStatusWord = Type.Enum([...statuses, 'superseded'] as const, {
  description:
    'As for an observation, with HL7 tables 0271 and 0273. `superseded`: replaced by another document; it can still be opened.',
})

/** Why a value that was not retracted is not current. */
export const NotCurrentWord = Type.Enum([
  'not-confirmed',
  'not-in-latest-version',
  'parent-not-current',
] as const satisfies readonly NotCurrent[])

/** What a later message that may be about a report may have done to it. */
export const DoubtWord = Type.Enum([
  'may-be-withdrawn',
  'may-be-changed',
] as const satisfies readonly NonNullable<ReportLine['inDoubt']>[])

/** Status of a report. */
export const ReportStatusWord = Type.Enum(
  [
    'registered',
    'partial',
    'preliminary',
    'final',
    'amended',
    'appended',
    'corrected',
    'corrected-preliminary',
    'cancelled',
    'entered-in-error',
    'unknown',
  ],
  {
    description:
      'HL7 table 0123 in words, and `entered-in-error` of FHIR: withdrawn, no values or text are shown. `cancelled`: no value stands, see `earlier`; one reported later does.',
  },
)
