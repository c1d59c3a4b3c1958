import type { CodeableConcept, Dosage, Period } from '@medplum/fhirtypes'
import { unsaid } from '@tideway/schemas/events.generated'
import { businessKey } from '../keys/business-key.ts'
import { firstIdentifier } from '../keys/number-of.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { readAllCoded } from '../values/coded.ts'
import { readDosage } from '../values/dosage.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { readMedicine } from '../values/medication.ts'
import { readNotes } from '../values/notes.ts'
import { readPrescriptionStatus } from '@tideway/record/status/order-status'

/** A statement that a medicine is taken. */
export default {
  handles: ['MedicationStatement'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    if (patientKey === null) return []
    const { medication, form, components } = readMedicine(resource, message)
    const period = take<Period>(resource, 'effectivePeriod')
    const statement = {
      ...unsaid.MedicationPrescribed(),
      prescriptionId: businessKey(resource, patientKey, message),
      kind: 'statement',
      fillerNumber: firstIdentifier(resource, message)?.value ?? null,
      ...readPrescriptionStatus(take(resource, 'status'), 'MEDICATION_STATEMENT_STATUS'),
      medication,
      form,
      components,
      ...readDosage(takeAll<Dosage>(resource, 'dosage'), message),
      startAt: take<string>(resource, 'effectiveDateTime') ?? period?.start ?? null,
      endAt: period?.end ?? null,
      prescribedAt: take<string>(resource, 'dateAsserted'),
      indications: readAllCoded(takeAll<CodeableConcept>(resource, 'reasonCode')),
      encounterId: readEncounterId(resource, patientKey, message, 'context'),
      notes: readNotes(resource),
    }
    return [happened(patientKey, resource, statement)]
  },
} satisfies ResourceMapping
