import { textTable } from '../client/table.ts'
import { localTime } from '../parked/parked-table.ts'

export type NumberedPatient = { organisation: string; identifier: string; generation?: number }

type Member = NumberedPatient & { since: string; by: string; rule: string; score?: number }
export type PersonAnswer = { id: string; members: Member[] }

export type ItemAnswer = {
  id: string
  kind: string
  patients: NumberedPatient[]
  since: string
  rule: string
  score?: number
}

/** A source patient as it is typed. */
export const numberText = ({ organisation, identifier, generation }: NumberedPatient): string =>
  `${organisation} ${identifier}${generation === undefined ? '' : ` (person ${generation} with it)`}`

const scoreText = (score: number | undefined): string => score?.toFixed(1) ?? ''

/** The members of a person and what holds each there; no names and no dates of birth. */
export const personText = ({ id, members }: PersonAnswer): string => {
  const columns = ['number', 'since', 'by', 'rule', 'score'].map((name) => ({
    name,
    right: name === 'score',
  }))
  const rows = members.map((member) => [
    numberText(member),
    localTime(new Date(member.since)),
    ...[member.by, member.rule, scoreText(member.score)],
  ])
  return `Person ${id}\n${textTable(columns, rows)}`
}

/** Open work items, the oldest first. */
export const itemsText = (items: readonly ItemAnswer[]): string => {
  if (items.length === 0) return 'No work items are open.'
  const columns = ['since', 'kind', 'rule', 'score', 'patients', 'work item'].map((name) => ({
    name,
    right: name === 'score',
  }))
  const rows = items.map(({ id, kind, patients, since, rule, score }) => [
    ...[localTime(new Date(since)), kind, rule, scoreText(score)],
    ...[patients.map(numberText).join(', '), id],
  ])
  const count = items.length === 1 ? '1 work item is open' : `${items.length} work items are open`
  return `${textTable(columns, rows)}\n\n${count}`
}

export type DecisionAnswer = { decision: string; effective: boolean; persons: PersonAnswer[] }

export const decisionText = ({ decision, effective, persons }: DecisionAnswer): string =>
  [
    effective
      ? `Decision ${decision} is in force.`
      : `Decision ${decision} is durable, and not in force yet: look again with npm run identity -- person.`,
    ...persons.map(personText),
  ].join('\n\n')
