import type { CodeableConcept, Identifier, Period, Reference, Timing } from '@medplum/fhirtypes'
import { preferredNumber, referralNumber } from '@tideway/record/keys/clinical-keys'
import { type RequestReported, unsaid } from '@tideway/schemas/events.generated'
import { businessKey, numberOfReference } from '../keys/business-key.ts'
import { numbersOf } from '../keys/number-of.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { readAllCoded, readCoded } from '../values/coded.ts'
import { readTiming, timingWords } from '../values/timing.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { readLocation } from '../values/location.ts'
import { readNotes } from '../values/notes.ts'
import { lookUp } from '../values/look-up.ts'
import { readOrganisation, readPractitioners } from '../values/practitioner.ts'
import { readSpecimens } from '../values/specimen.ts'
import { readRequestStatus } from '@tideway/record/status/order-status'

/** SNOMED CT codes of FHIR value set servicerequest-category, and that of a referral. */
const categories: Readonly<Record<string, string>> = {
  108252007: 'LABORATORY',
  363679005: 'IMAGING',
  387713003: 'PROCEDURE',
  409063005: 'COUNSELLING',
  409073007: 'EDUCATION',
  3457005: 'REFERRAL',
}

const categoryOf = (resource: Resource): string | null => {
  const coded = readCoded(takeAll<CodeableConcept>(resource, 'category')[0])
  return (
    (coded?.code == null ? null : lookUp(categories, coded.code)) ??
    coded?.text ??
    coded?.code ??
    null
  )
}

const timesOf = (
  resource: Resource,
  message: FhirMessage,
): Pick<RequestReported, 'scheduledAt' | 'timing'> => {
  const period = take<Period>(resource, 'occurrencePeriod')
  const timing = take<Timing>(resource, 'occurrenceTiming')
  return {
    scheduledAt: take<string>(resource, 'occurrenceDateTime') ?? period?.start ?? null,
    timing:
      timing === null
        ? null
        : readTiming(
            { timing },
            [timing.code?.text, ...timingWords(timing, message)]
              .filter((one) => one !== undefined)
              .join(', ') || null,
            message,
          ),
  }
}

const requestOf = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): RequestReported => {
  const numbers = numbersOf(resource, 'PLAC', message)
  const number = preferredNumber('order', numbers)
  const category = categoryOf(resource)
  const requester = take<Reference>(resource, 'requester')
  const [based] = takeAll<Reference>(resource, 'basedOn')
  const [replaced] = takeAll<Reference>(resource, 'replaces')
  const [location] = takeAll<Reference>(resource, 'locationReference')
  const specimens = readSpecimens(
    takeAll<Reference>(resource, 'specimen'),
    resource,
    patientKey,
    message,
  )
  const words = take<string>(resource, 'patientInstruction')
  return {
    ...unsaid.RequestReported(),
    requestId:
      number !== null && category === 'REFERRAL'
        ? businessKey(resource, patientKey, message, {
            ...number,
            value: referralNumber(number.value),
          })
        : businessKey(resource, patientKey, message),
    placerNumber: numbers.placer?.value ?? null,
    fillerNumber: numbers.filler?.value ?? null,
    accessionNumber: numbers.accession?.value ?? null,
    groupNumber: take<Identifier>(resource, 'requisition')?.value ?? null,
    parentPlacerNumber: numberOfReference(based ?? replaced, 'PLAC', resource, message),
    service: readCoded(take<CodeableConcept>(resource, 'code')),
    category,
    ...readRequestStatus(take(resource, 'status'), 'REQUEST_STATUS'),
    intent: take<string>(resource, 'intent'),
    doNotPerform: take<boolean>(resource, 'doNotPerform'),
    priority: take<string>(resource, 'priority'),
    requestedAt: take<string>(resource, 'authoredOn'),
    ...timesOf(resource, message),
    collectedAt: specimens.find(({ collectedAt }) => collectedAt !== null)?.collectedAt ?? null,
    requesters: readPractitioners(requester === null ? [] : [requester], resource, message),
    organisation: readOrganisation(requester, resource, message),
    performer:
      takeAll<Reference>(resource, 'performer')
        .map((one) => readOrganisation(one, resource, message))
        .find((one) => one !== null) ?? null,
    location: readLocation(location, resource, message),
    reasons: readAllCoded(takeAll<CodeableConcept>(resource, 'reasonCode')),
    specimens,
    bodySites: readAllCoded(takeAll<CodeableConcept>(resource, 'bodySite')),
    encounterId: readEncounterId(resource, patientKey, message),
    notes: [...readNotes(resource), ...(words === null ? [] : [words])],
  }
}

/** A request, or a change of its status. */
export default {
  handles: ['ServiceRequest'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    return patientKey === null
      ? []
      : [happened(patientKey, resource, requestOf(resource, patientKey, message))]
  },
} satisfies ResourceMapping
