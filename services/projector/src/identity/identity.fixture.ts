import {
  details,
  event,
  observation,
  patient,
  result,
} from '@tideway/record/entries/histories.fixture'
import {
  type IdentityDecided,
  type PatientDetailsReported,
  type PatientEvent,
  unsaid,
} from '@tideway/schemas/events.generated'

type Who = Partial<Pick<PatientDetailsReported, 'birthDate' | 'sex' | 'nhsNumber'>> & {
  /** `SMITH^ADA JANE`; none is said if absent. */
  name?: string
}

export const demographics = ({ name, ...said }: Who): PatientDetailsReported => {
  const [family = '', given = ''] = name?.split('^') ?? []
  const names = [{ ...unsaid.PersonName(), family, given: given.split(' ').filter(Boolean) }]
  return details({ ...said, names: name === undefined ? [] : names })
}

/** An old man, to whom the number was given first, and a newborn who has it now. */
export const oldMan: Who = { name: 'OLDMAN^JOHN', birthDate: '1931-05-12', sex: 'MALE' }
export const newborn: Who = { name: 'SMITH^BABY', birthDate: '2026-06-30', sex: 'FEMALE' }

/** Demographics alone. @param sent  minute */
export const registered = (sent: number, who: Who, source = 'RJZ'): PatientEvent =>
  event(demographics(who), sent, { source })

/** A message with a result and what it says of whose it is; null: nothing. */
export const reported = (
  sent: number,
  who: Who | null,
  value: string,
  source = 'RJZ',
  flags: string[] = [],
): PatientEvent[] => [
  ...(who === null ? [] : [registered(sent, who, source)]),
  event(
    result([observation('F', value, { flags })], {
      reportId: `R${sent}`,
      fillerNumber: `F${sent}`,
    }),
    sent,
    { source, id: `m${sent}.1` },
  ),
]

/** @param at  minute */
export const decided = (
  decision: string,
  messages: readonly string[],
  at: number,
  more: Partial<IdentityDecided> = {},
): PatientEvent =>
  event(
    {
      type: 'IdentityDecided',
      decisionId: `d${at}`,
      decision,
      patientKeys: [patient],
      messages: [...messages],
      from: null,
      workItem: null,
      reason: 'seen at the bedside',
      by: 'steward',
      organisation: null,
      ...more,
    },
    at,
    { id: `decision-${at}.0`, messageId: `decision-${at}`, source: 'tideway', sentAt: null },
  )
