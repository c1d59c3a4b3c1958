import type { Socket } from 'node:net'
import { enveloped } from '@tideway/hl7v2/mllp/envelope'

type Slot = { at: number; answers: readonly Buffer[] | null }

/**
 * Answers of one connection, sent in the order of the frames they answer, however late each is
 * ready.
 *
 * @param answered  told how long an answer took, seconds
 */
export const createAnswerQueue = (socket: Socket, answered: (seconds: number) => void) => {
  const slots: Slot[] = []
  let isComplete = false

  const flush = () => {
    const out: Buffer[] = []
    for (let slot = slots[0]; slot !== undefined && slot.answers !== null; slot = slots[0]) {
      slots.shift()
      out.push(...enveloped(slot.answers))
      answered((performance.now() - slot.at) / 1000)
    }
    if (out.length > 0 && socket.writable) socket.write(Buffer.concat(out))
    if (isComplete && slots.length === 0) socket.end()
  }

  return {
    /** Frames that are not answered yet. */
    length: () => slots.length,
    /**
     * Takes the place of the next frame.
     *
     * @param at  when its last byte came, on the clock of `performance.now()`
     * @returns gives its answers
     */
    reserve(at: number): (answers: readonly Buffer[]) => void {
      const slot: Slot = { at, answers: null }
      slots.push(slot)
      return (answers) => {
        slot.answers = answers
        flush()
      }
    },
    /** Ends the connection after the last answer. */
    complete() {
      isComplete = true
      flush()
    },
  }
}

export type AnswerQueue = ReturnType<typeof createAnswerQueue>
