import type { Socket } from 'node:net'
import { enveloped } from '@tideway/hl7v2/mllp/envelope'

type Slot = { at: number; answers: readonly Buffer[] | null }

/**
 * Answers of one connection, sent in the order of their frames, whenever each is ready.
 *
 * @param onAnswered  called with the time an answer took, seconds
 */
export const createAnswerQueue = (socket: Socket, onAnswered: (seconds: number) => void) => {
  const slots: Slot[] = []
  let isComplete = false

  const flush = () => {
    const out: Buffer[] = []
    for (let slot = slots[0]; slot !== undefined && slot.answers !== null; slot = slots[0]) {
      slots.shift()
      out.push(...enveloped(slot.answers))
      onAnswered((performance.now() - slot.at) / 1000)
    }
    if (out.length > 0 && socket.writable) socket.write(Buffer.concat(out))
    if (isComplete && slots.length === 0) socket.end()
  }

  return {
    /** Frames that are not onAnswered yet. */
    length: () => slots.length,
    /**
     * Reserves the place of the next frame.
     *
     * @param at  arrival of its last byte, on the clock of `performance.now()`
     * @returns function that supplies its answers
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
