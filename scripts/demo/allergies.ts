import type { PatientRecord } from '@tideway/record-api/json/record'

type Coded = { code?: string; text?: string }
type Said = {
  code?: Coded
  severity?: string
  reactions?: { manifestations?: Coded[] }[]
}

const nameOf = (coded: Coded | undefined): string =>
  coded?.text ?? coded?.code ?? 'substance not said'

/**
 * SNOMED CT: no known allergy, no known drug allergy. An older statement of these never hides a
 * recorded allergy.
 */
const none = new Set(['716186003', '409137002'])

/**
 * One of the four allergy states in words, and each substance once with its reactions and sources.
 *
 * @see HL7 table 0128, allergy severity: SV severe, MO moderate, MI mild
 */
export const allergyLines = ({ allergies }: Pick<PatientRecord, 'allergies'>): string => {
  const told = allergies.map(({ said, organisation, status }) => ({
    said: said as unknown as Said,
    organisation,
    status,
  }))
  const risks = told.filter(
    ({ said, status }) => status === 'active' && !none.has(said.code?.code ?? ''),
  )
  if (risks.length === 0)
    return told.some(({ said }) => none.has(said.code?.code ?? ''))
      ? 'No known allergies'
      : 'Allergies not recorded'
  const lines = [...Map.groupBy(risks, ({ said }) => nameOf(said.code))]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([substance, own]) => {
      const reactions = new Set(
        own.flatMap(({ said }) =>
          (said.reactions ?? []).flatMap(({ manifestations = [] }) => manifestations.map(nameOf)),
        ),
      )
      const isSevere = own.some(({ said }) => said.severity === 'SV')
      const tellers = [...new Set(own.map(({ organisation }) => organisation))].sort().join(', ')
      return `${substance.toUpperCase()}: ${[...reactions].join(', ') || 'reaction not said'}${isSevere ? ', severe' : ''} (${tellers})`
    })
  return ['Known allergies', ...lines].join('\n            ')
}
