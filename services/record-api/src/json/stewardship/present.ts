import type { PersonMember, StoredPerson } from '@tideway/schemas/documents/identity'
import { generationOf, identifierIn } from '@tideway/schemas/public-id'
import type { Static } from 'typebox'
import type { DecisionResult, ItemReading } from '../../identity/stewardship.ts'
import type { Presented } from '../schema/answer.ts'
import type { DecisionAnswer, PersonAnswer, WorkItemAnswer, WorkItems } from './answers.ts'

const patientOfKey = (key: string) => ({
  organisation: key.slice(0, key.indexOf('|')),
  identifier: identifierIn(key),
  generation: generationOf(key) === 1 ? null : generationOf(key),
})

const memberOf = ({ patient, since, by, rule, score }: PersonMember) => ({
  ...patientOfKey(patient),
  ...{ since: since.toISOString(), by, rule, score },
})

const personOf = ({ _id, members }: StoredPerson) => ({ id: _id, members: members.map(memberOf) })

export const personAnswerOf = (person: StoredPerson): Presented<Static<typeof PersonAnswer>> => ({
  person: personOf(person),
})

export const decisionAnswerOf = ({
  decision,
  effective,
  persons,
}: DecisionResult): Presented<Static<typeof DecisionAnswer>> => ({
  decision,
  effective,
  persons: persons.map(personOf),
})

type Sides = Presented<Static<typeof WorkItemAnswer>>['sides']

const sidesOf = ({ identities, conflicts }: ItemReading): Sides => [
  ...identities.flatMap(({ _id, traits }) =>
    traits === null
      ? []
      : [
          {
            patient: patientOfKey(_id),
            ...{ stated: null, source: null },
            ...{ nhsNumber: traits.nhsNumber, nhsNumberStatus: traits.nhsNumberStatus },
            names: traits.names.map(({ family, given }) => ({ family, given: [...given] })),
            ...{ birthDate: traits.birthDate, sex: traits.sex, gpPractice: traits.gpPractice },
            postcodes: traits.postcodes.filter((one) => one !== ''),
            phones: [...traits.phones],
          },
        ],
  ),
  ...conflicts.map(({ patient, source, stated }) => ({
    patient: patientOfKey(patient),
    ...{ stated: true as const, source },
    ...{ nhsNumber: stated.nhsNumber, nhsNumberStatus: null },
    names: stated.names.map(({ family, given }) => ({ family, given: [...given] })),
    ...{ birthDate: stated.birthDate, sex: stated.sex, gpPractice: null },
    ...{ postcodes: [], phones: [] },
  })),
]

const historyOf = ({ identities }: ItemReading) => {
  const decisions = identities.flatMap(({ facts }) =>
    facts.flatMap(({ body, receivedAt }) =>
      body.type === 'IdentityDecided' ? [{ ...body, at: receivedAt.toISOString() }] : [],
    ),
  )
  const once = new Map(decisions.map((one) => [one.decisionId, one]))
  return [...once.values()].map(({ decision, by, at, reason }) => ({ decision, by, at, reason }))
}

/** @param more  cursor of the next page; null on the last */
export const workItemsOf = (
  items: readonly ItemReading[],
  more: string | null,
): Presented<Static<typeof WorkItems>> => ({
  items: items.map((reading) => {
    const { _id, kind, patients, since, rule, score, fields } = reading.item
    return {
      ...{ id: _id, kind, rule, score, since: since.toISOString() },
      patients: patients.map(patientOfKey),
      fields: Object.entries(fields).map(([field, weight]) => ({ field, score: weight })),
      sides: sidesOf(reading),
      history: historyOf(reading),
    }
  }),
  more,
})
