import { cloudEventHeaders } from '@tideway/schemas/cloud-events'
import type { Outgoing } from '@tideway/kafka/client'
import type { Decided, ParkedMessage, WithdrawnMessage } from '../backup/decided.ts'
import type { Line } from '../open-line.ts'
import { actRecord, ledgerRecord } from '../withdraw/act-records.ts'

const atOnce = 1_000

const parkedAgain = ({ encode }: Line, { parked, ...message }: ParkedMessage): Outgoing => {
  const { state, stage, code, place, at, by, reason } = parked
  return {
    topic: 'parkedMessages',
    key: message.messageId,
    value: encode('parkedMessages', {
      ...message,
      eventId: null,
      patientKey: null,
      ...{ state, stage, at, by, reason, problem: { code, place } },
    }),
    headers: cloudEventHeaders({
      id: `${message.messageId}.${state}.${at}`,
      type: 'MessageParked',
      source: `/sources/${message.source}`,
      at,
      traceparent: null,
    }),
  }
}

/** The acts that withdraw a message of these patients; none if it was restored since. */
export const withdrawnAgain = (
  line: Line,
  { messageId, withdrawn }: WithdrawnMessage,
  patients: readonly string[],
): Outgoing[] =>
  withdrawn.state === 'RESTORED'
    ? []
    : patients.map((patient) =>
        actRecord(
          line,
          patient,
          {
            type: 'MessageWithdrawn',
            message: messageId,
            by: withdrawn.by ?? line.by,
            reason: withdrawn.reason ?? '',
          },
          withdrawn.at,
        ),
      )

/**
 * Publishes on a new log what was decided about messages. What was withdrawn is withdrawn before
 * its events are there again.
 */
export const decidedAgain = async (line: Line, decided: Decided): Promise<void> => {
  const withdrawn = [...decided.withdrawn.values()]
  const records = [
    ...[...decided.parked.values()].map((one) => parkedAgain(line, one)),
    ...withdrawn.map(({ messageId, source, patientKeys, withdrawn: { state, reason, at, by } }) =>
      ledgerRecord(
        { ...line, by: by ?? line.by },
        { _id: messageId, source, patientKeys },
        state,
        reason,
        at,
      ),
    ),
    ...withdrawn.flatMap((one) => withdrawnAgain(line, one, one.patientKeys)),
  ]
  for (let from = 0; from < records.length; from += atOnce)
    await line.publisher.publish(records.slice(from, from + atOnce))
  console.log(
    `${decided.parked.size} states of parked messages and ${withdrawn.length} of withdrawn ones published`,
  )
}
