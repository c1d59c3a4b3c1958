import type { Socket } from 'node:net'
import type { BackPressure } from '@tideway/ingest/back-pressure'
import type { PauseReason } from '../meter.ts'

/**
 * Pauses and resumes reading from a socket, so that TCP applies back-pressure to the sender.
 *
 * @param reasonToPause  null if the socket should be read
 * @param onPause        called each time reading stops
 * @param onResume       called each time reading resumes
 */
export const createReadGate = (
  socket: Socket,
  backPressure: Pick<BackPressure, 'wait' | 'go' | 'leave'>,
  reasonToPause: () => PauseReason | null,
  onPause: (reason: PauseReason) => void,
  onResume: () => void,
) => {
  let isPaused = false
  let isOpen = true

  const update = (): void => {
    if (!isOpen || socket.destroyed) return
    const reason = reasonToPause()
    if (reason !== null && !isPaused) {
      isPaused = true
      socket.pause()
      backPressure.wait(update)
      onPause(reason)
    } else if (reason === null && isPaused) {
      isPaused = false
      onResume()
      backPressure.go(update)
      socket.resume()
    }
  }

  return {
    update,
    isPaused: () => isPaused,
    /** Stops controlling the socket. */
    leave: (): void => {
      isOpen = false
      backPressure.leave(update)
    },
  }
}
