import type { Unit } from './event-leaves.ts'
import type { Fact } from './facts.ts'
import { plain } from './wordings.ts'

/**
 * Codes that the other converter invents for what HL7 has fields for: an accident (ACC), a death
 * (PDA-3, 6 and 9).
 */
const madeUp = new Set(['injury-incident', 'death-certificate', 'autopsy', 'coroner'])

/**
 * Paths of a relationship as sent; other codes and texts of it are FHIR's and occur in messages by
 * chance.
 */
const relationshipFields = ['NK1-3', 'NK1-7', 'CTD-1', 'IAM-15']

/** Role of a diagnosis in an episode: a word of FHIR for DG1-6. */
const roleOfDiagnosis = 'EpisodeOfCare.diagnosis.role.'

/** Whether a fact is a word that the other converter added. */
export const isItsOwnWord = (
  { path, value, codes }: Fact,
  sentIn: ReadonlyMap<string, ReadonlySet<string>>,
): boolean => {
  if (/^Observation\.(code|status)\b/.test(path) && codes.some((code) => madeUp.has(code)))
    return true
  if (path.startsWith(roleOfDiagnosis)) return true
  return (
    path.includes('.relationship.coding.') &&
    !relationshipFields.some((field) =>
      [...(sentIn.get(field) ?? [])].some((sent) => plain(sent) === plain(value)),
    )
  )
}

const only = (units: readonly Unit[], type: RegExp, path: RegExp): Unit[] =>
  units
    .filter((unit) => type.test(unit.type))
    .map((unit) => ({ ...unit, leaves: unit.leaves.filter((leaf) => path.test(leaf.path)) }))

/** We make a procedure of an autopsy: its existence is the `Y` that was sent. */
const autopsies = (units: readonly Unit[]): Unit[] =>
  only(units, /^ProcedureReported$/, /^text$/).map((unit) => ({
    ...unit,
    leaves: unit.leaves
      .filter(({ value }) => value === 'Autopsy')
      .map((leaf) => ({ ...leaf, value: 'Y' })),
  }))

/** Parts of other kinds of events in which a fact may be, besides those of its own kind. */
export const toldElsewhere = ({ kind, path, codes }: Fact, units: readonly Unit[]): Unit[] => {
  if (codes.includes('death-certificate')) return only(units, /^Condition/, /^deathCertified$/)
  if (codes.includes('coroner')) return only(units, /^Condition/, /^deathCoroner$/)
  if (codes.includes('autopsy')) return autopsies(units)
  // The contact of an order (CTD) is in the order, and who reported an allergy (IAM-14) in the
  // allergy.
  if (kind === 'contacts')
    return [
      ...ofOrganisation(path, units),
      ...only(units, /^(Request|Result|MedicationPrescribed)/, /^contacts\./),
      ...only(units, /^Allergy/, /^reporter/),
    ]
  // The other converter adds the name of the consenting person (CON-24) to the patient.
  if (path.startsWith('Patient.name')) return only(units, /^Document/, /^consents\.consenters\./)
  // It makes locations of participants (ROL-13, PRT-9) and of a death (PDA-2) locations of the
  // visit.
  if (path.startsWith('Encounter>Location'))
    return [
      ...only(units, /^CareTeam/, /^location\./),
      ...only(units, /^Condition/, /^deathLocation\./),
    ]
  // A visit without an identifying number is in the document.
  if (kind === 'visit') return only(units, /^Document/, /^toldVisit\./)
  // It makes participants in an order practitioners of the patient, and one role of all with one
  // code.
  if (/^Patient>Practitioner/.test(path))
    return only(units, /^(Request|Result|Medication)/, /^participants\./)
  if (path.includes('>PractitionerRole.code')) return only(units, /^CareTeam/, /^role\./)
  // It adds the note of an order, or of the next OBX where its set id is the same, to an
  // observation, and the place of a vaccination (RXA-27 and 28) to the observer.
  if (path === 'Observation.note.text')
    return only(units, /^(Request|Result)/, /^(observations\.)?notes$/)
  if (path.startsWith('Observation>Location'))
    return only(units, /^Immunization/, /^(location|address)\./)
  // Observations of a vaccination (OBX in VXU) and their participants are in the immunisation.
  if (path.startsWith('DocumentReference>'))
    return only(units, /^Immunization/, /^observations\.participants\./)
  return []
}

/** The organisation of a participant (PRT-8) is that of a care team member. */
const ofOrganisation = (path: string, units: readonly Unit[]): Unit[] =>
  path.startsWith('Patient>Organization.') ? only(units, /^CareTeam/, /^organisation\./) : []
