import type { Unit } from './event-leaves.ts'
import type { Fact } from './facts.ts'
import { plain } from './wordings.ts'

/**
 * Codes the other converter made up for what has fields of its own: an accident (ACC), a death
 * (PDA-3, 6 and 9).
 */
const madeUp = new Set(['injury-incident', 'death-certificate', 'autopsy', 'coroner'])

/**
 * Where a relationship is sent; its other codes and words are FHIR's, and stand elsewhere in a
 * message by chance.
 */
const relationshipFields = ['NK1-3', 'NK1-7', 'CTD-1', 'IAM-15']

/** Words that the other converter adds to what was sent. */
export const isItsOwnWord = (
  { path, value, codes }: Fact,
  sentIn: ReadonlyMap<string, ReadonlySet<string>>,
): boolean => {
  if (/^Observation\.(code|status)\b/.test(path) && codes.some((code) => madeUp.has(code)))
    return true
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

/** An autopsy is a procedure to us: that there is one is what its `Y` says. */
const autopsies = (units: readonly Unit[]): Unit[] =>
  only(units, /^ProcedureReported$/, /^text$/).map((unit) => ({
    ...unit,
    leaves: unit.leaves
      .filter(({ value }) => value === 'Autopsy')
      .map((leaf) => ({ ...leaf, value: 'Y' })),
  }))

/** Parts of events of another kind in which a fact is told, beside those of its own kind. */
export const toldElsewhere = ({ kind, path, codes }: Fact, units: readonly Unit[]): Unit[] => {
  if (codes.includes('death-certificate')) return only(units, /^Condition/, /^deathCertified$/)
  if (codes.includes('coroner')) return only(units, /^Condition/, /^deathCoroner$/)
  if (codes.includes('autopsy')) return autopsies(units)
  // Whom to turn to about an order (CTD) is the order's, and who told of an allergy (IAM-14) the
  // allergy's.
  if (kind === 'contacts')
    return [
      ...ofOrganisation(path, units),
      ...only(units, /^(Request|Result|MedicationPrescribed)/, /^contacts\./),
      ...only(units, /^Allergy/, /^reporter/),
    ]
  // It gives the patient the name of who agreed for the patient (CON-24).
  if (path.startsWith('Patient.name')) return only(units, /^Document/, /^consents\.consenters\./)
  // To it the place of whoever takes part (ROL-13, PRT-9), and that of a death (PDA-2), are places
  // of the visit.
  if (path.startsWith('Encounter>Location'))
    return [
      ...only(units, /^CareTeam/, /^location\./),
      ...only(units, /^Condition/, /^deathLocation\./),
    ]
  // Of a visit that nothing tells from others, a document says what is known.
  if (kind === 'visit') return only(units, /^Document/, /^toldVisit\./)
  // It makes who takes part in an order a practitioner of the patient, and all who are named by one
  // code one role.
  if (/^Patient>Practitioner/.test(path))
    return only(units, /^(Request|Result|Medication)/, /^participants\./)
  if (path.includes('>PractitionerRole.code')) return only(units, /^CareTeam/, /^role\./)
  // It gives a note of an order to an observation of it, and where a vaccine was given (RXA-27 and
  // 28) to who observed.
  if (path === 'Observation.note.text') return only(units, /^(Request|Result)/, /^notes$/)
  if (path.startsWith('Observation>Location'))
    return only(units, /^Immunization/, /^(location|address)\./)
  // What is attached to a dose (OBX of VXU) is an observation of the dose, and who took part in it
  // too.
  if (path.startsWith('DocumentReference>'))
    return only(units, /^Immunization/, /^observations\.participants\./)
  return []
}

/** The organisation of who cares for the patient (PRT-8) is that of a member of the care team. */
const ofOrganisation = (path: string, units: readonly Unit[]): Unit[] =>
  path.startsWith('Patient>Organization.') ? only(units, /^CareTeam/, /^organisation\./) : []
