import type { Stated } from '@tideway/schemas/documents/entry'
import type { NoKnownAllergies } from '@tideway/schemas/documents/head'
import { type Reaction, unsaid } from '@tideway/schemas/events.generated'
import { wordOf } from './amount-words.ts'
import { cut } from './line.ts'
import { contradictoryAllergy } from './no-known-allergies.ts'
import { codedAsWords } from './no-known-words.ts'

type Allergy = Pick<
  Stated<'allergy'>,
  | 'code'
  | 'severity'
  | 'criticality'
  | 'reactions'
  | 'propensity'
  | 'clinicalStatus'
  | 'verificationStatus'
>

/** HL7 table 0128, and FHIR reaction-event-severity. */
const severities: Readonly<Record<string, string>> = {
  SV: 'severe',
  MO: 'moderate',
  MI: 'mild',
  U: 'severity unknown',
  severe: 'severe',
  moderate: 'moderate',
  mild: 'mild',
}

/** FHIR allergy-intolerance-criticality. */
const criticalities: Readonly<Record<string, string>> = {
  high: 'high criticality',
  low: 'low criticality',
  'unable-to-assess': 'criticality not assessed',
}

const inWords = (
  table: Readonly<Record<string, string>>,
  name: string,
  sent: string | null,
): string | null =>
  sent === null ? null : Object.hasOwn(table, sent) ? (table[sent] as string) : `${name} "${sent}"`

const present = (part: string | null): part is string => part !== null

/** What was seen at one event, `anaphylaxis + rash`, with its severity if that is another. */
const reactionWords = (
  { manifestations, severity, severityText, notes }: Reaction,
  ofAllergy: string | null,
): string | null => {
  const seen = manifestations.map(wordOf).filter(present)
  const what = seen.length > 0 ? seen.join(' + ') : (notes[0] ?? null)
  const how = severity === ofAllergy ? null : inWords(severities, 'severity', severity)
  const said = [how, severityText].filter(present).join(', ')
  if (what === null) return said === '' ? null : said
  return said === '' ? what : `${what} (${said})`
}

/** Statuses of `allergyStatuses` and `allergyVerifications` that leave an allergy in doubt. */
const doubts: ReadonlySet<string | null> = new Set([
  'unconfirmed',
  'pending',
  'suspected',
  'doubted',
])

/**
 * An allergy in one line: the substance, doubt about it, how severe, how dangerous, and what it
 * did. Reactions seen together are joined by `+`. One without a substance is a risk all the same.
 *
 * @see NHS Common User Interface, Adverse Drug Reaction Risks
 */
export const allergyWords = (allergy: Allergy): string => {
  const name = wordOf(allergy.code) ?? 'substance not named'
  const reactions = allergy.reactions
    .map((one) => reactionWords(one, allergy.severity))
    .filter(present)
  const doubt = [allergy.verificationStatus, allergy.clinicalStatus].find((one) => doubts.has(one))
  return [
    name,
    allergy.propensity === 'intolerance' ? 'intolerance' : null,
    doubt ?? null,
    inWords(severities, 'severity', allergy.severity),
    inWords(criticalities, 'criticality', allergy.criticality),
    reactions.length === 0
      ? null
      : `${reactions.length === 1 ? 'reaction' : 'reactions'} ${reactions.join('; ')}`,
  ]
    .filter(present)
    .join(', ')
}

/**
 * The line of an allergy, cut. One that is coded as none and names an allergen says both.
 *
 * @param most  characters
 */
export const allergyLine = (
  allergy: Allergy,
  most: number,
): { text: string; codedAsNone?: NoKnownAllergies } => {
  const both = contradictoryAllergy(allergy.code)
  if (both === null) return { text: allergyWords(allergy) }
  const { noKnown, named } = both
  const said = ` (contradictory: ${codedAsWords(noKnown)})`
  const text = allergyWords({ ...allergy, code: { ...unsaid.Coded(), text: named } })
  return { text: `${cut(text, most - said.length)}${said}`, codedAsNone: noKnown }
}
