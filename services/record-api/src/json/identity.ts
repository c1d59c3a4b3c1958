import { identityFactTypes } from '@tideway/record/demographics/identity-facts'
import type { IdentityFact as StoredFact, PatientHead } from '@tideway/schemas/documents/head'
import { identifierIn, publicId } from '@tideway/schemas/public-id'
import { type Static, Type } from 'typebox'
import type { Presented } from './schema/answer.ts'
import { organisationOf, receivedAtOf } from './entry.ts'
import { clinicalTime, instant, list, object, text, publicIdText } from './schema/values.ts'

const Other = object('OtherPatient', 'Another source patient it is about.', {
  organisation: text('ODS code.'),
  identifier: text('Its number for the patient.'),
  patient: publicIdText('Public id.'),
})

const IdentityFact = object(
  'IdentityFact',
  'A statement about the identity of the patient. It moves no entries: those of this number stay under it.',
  {
    event: Type.Enum(identityFactTypes, {
      description:
        'PatientsMerged: this number was merged into the other, which survives. EncounterMoved, AccountMoved, IdentifiersMoved: from one of the two to the other.',
    }),
    others: list(Other),
    encounters: list(Type.String(), 'Visits it is about, by `encounterId`.'),
    at: clinicalTime('When it happened.'),
    source: text('ODS code of the sender.'),
    receivedAt: instant('When the message was received.'),
    message: text('Message id; see GET /api/messages/{id}.'),
    segment: text('Segment in that message.'),
  },
)

export const IdentityFacts = list(
  IdentityFact,
  'Merges into another patient, links, moves, changed numbers and removal, newest first; the newest twenty.',
)

type About = { keys: readonly (string | null)[]; encounters: readonly (string | null)[] }

const aboutOf = (fact: StoredFact): About => {
  switch (fact.type) {
    case 'PatientsMerged':
      return { keys: [fact.survivingKey, ...fact.priorKeys], encounters: [] }
    case 'PatientsLinked':
    case 'PatientsUnlinked':
      return { keys: fact.otherKeys, encounters: [] }
    case 'EncountersMerged':
      return { keys: [], encounters: [fact.encounterId, ...fact.priorEncounterIds] }
    case 'EncounterMoved':
      return { keys: [fact.fromKey, fact.toKey], encounters: fact.encounterIds }
    case 'AccountMoved':
    case 'IdentifiersMoved':
      return { keys: [fact.fromKey, fact.toKey], encounters: [] }
    case 'IdentifiersChanged':
      return { keys: fact.priorKeys, encounters: [fact.encounterId, fact.priorEncounterId] }
    case 'PatientRemoved':
      return { keys: [], encounters: [] }
    default:
      return fact satisfies never
  }
}

const isSaid = (value: string | null): value is string => value !== null

const otherOf = (key: string): Static<typeof Other> => {
  return {
    organisation: organisationOf(key),
    identifier: identifierIn(key),
    patient: publicId(key),
  }
}

/** Statements about the identity of a source patient, newest first. */
export const identityFactsOf = ({
  _id,
  identity,
}: PatientHead): Presented<Static<typeof IdentityFacts>> =>
  identity.toReversed().map(({ fact, source, version, message, place }) => {
    const { keys, encounters } = aboutOf(fact)
    return {
      event: fact.type,
      others: [...new Set(keys)]
        .filter(isSaid)
        .filter((key) => key !== _id)
        .map(otherOf),
      encounters: encounters.filter(isSaid),
      at: fact.type === 'PatientsMerged' ? fact.mergedAt : fact.at,
      source,
      receivedAt: receivedAtOf(version),
      message,
      segment: place,
    }
  })
