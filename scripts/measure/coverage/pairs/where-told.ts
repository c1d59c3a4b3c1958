import { toldElsewhere } from './elsewhere.ts'
import type { Unit } from './event-leaves.ts'
import type { Fact, Kind } from './facts.ts'
import { hasText } from './text-pool.ts'
import { leafPool } from './texts.ts'

/** Event types in which a fact of a kind is looked for. */
const tellers: Record<Kind, RegExp> = {
  identifiers: /^(Patient|Identifiers|Visit|Admission|Encounter)/,
  names: /^Patient/,
  dates: /^Patient/,
  demographics: /^Patient/,
  carers: /^(CareTeam|Patient)/,
  contacts: /^(Contact|Patient)/,
  visit:
    /^(Patient|Visit|Admission|Transfer|Discharge|Leave|Doctor|Encounter|Account|PreAdmission|CareTeam|Condition)/,
  observations: /^(Result|Observation|Immunization|Document|Appointment|Request|Medication)/,
  /** The other converter makes a report of every OBR; in an order message it is the order. */
  reports: /^(Result|Document|Request)/,
  specimens: /^(Result|Request)/,
  orders: /^(Request|Result|Medication|Immunization|Appointment)/,
  medicines: /^Medication/,
  immunisations: /^Immunization/,
  allergies: /^Allergy/,
  diagnoses: /^Condition/,
  procedures: /^Procedure/,
  appointments: /^Appointment/,
  documents: /^Document/,
}

/** The patient's location is in the events that move patients (ADT), or in the entry itself. */
const placeTellers =
  /^(Visit|Admission|Transfer|Discharge|Patient|Request|Medication|Document|Immunization|Appointment)/

/**
 * A visit number may be in any event, because it links each of them to the visit. The other
 * converter makes one role of all participants with one code, so its text may be in the care team.
 */
const isToldIn = ({ kind, path }: Fact, type: string): boolean =>
  tellers[kind].test(type) ||
  path === 'Encounter.identifier.value' ||
  (path.includes('>PractitionerRole.code') && tellers.carers.test(type))

/** A note below the document of an order (NTE after TXA) and its author are in the document. */
const notesOfDocuments = (units: readonly Unit[]): Unit[] =>
  units
    .filter(({ type }) => type === 'DocumentReported')
    .map((unit) => ({
      ...unit,
      leaves: unit.leaves.filter(({ path }) => /^note(s|Details)\b/.test(path)),
    }))

/**
 * Units of our events in which a fact must be: of an observation, those with the same code, or a
 * document with that code.
 */
const unitsFor = (fact: Fact, units: readonly Unit[]): Unit[] => {
  const { kind, path, codes } = fact
  // The other converter makes an observation of an accident (ACC) with a code of its own.
  if (codes.includes('injury-incident'))
    return units.filter(
      ({ type, leaves }) =>
        tellers.visit.test(type) && leaves.some((leaf) => leaf.path.startsWith('visit.accident')),
    )
  // It makes a procedure of a death certificate (PDA-4 and 5); we keep who stated the causes of
  // death, and when.
  if (codes.includes('death-certification'))
    return units.filter(
      ({ type, leaves }) =>
        type === 'ConditionReported' && leaves.some(({ value }) => value === 'cause-of-death'),
    )
  if (path === 'Patient>Organization.identifier.value')
    return units.filter(
      ({ type }) =>
        tellers.identifiers.test(type) || tellers.carers.test(type) || tellers.contacts.test(type),
    )
  if (path.startsWith('Encounter>Location'))
    return units.filter(({ type }) => placeTellers.test(type))
  const tellingType = units.filter(({ type }) => isToldIn(fact, type))
  if (kind === 'orders') return [...tellingType, ...notesOfDocuments(units)]
  if (kind !== 'observations' || codes.length === 0) return tellingType
  return tellingType.filter(
    (unit) =>
      (unit.isObservation || unit.type === 'DocumentReported') &&
      codes.some((code) => hasText(leafPool([unit]), code)),
  )
}

/** Every unit of our events in which a fact may be. */
export const unitsWith = (fact: Fact, units: readonly Unit[]): Unit[] => [
  ...unitsFor(fact, units),
  ...toldElsewhere(fact, units),
]
