import { type Api, ApiFailure } from '../../operate/client/api.ts'
import type { Held, Ledger } from './verify.ts'

const atOnce = 8
type Page = { messages: Held[]; more: boolean }

/** The ids of the messages sent, by control id. */
export type SentControlIds = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Reads the ledger entries of each control id through the API, as an interface team does: GET
 * /api/messages?controlId=, and message by message if there are more than one page.
 */
export const askLedger = async (api: Api, asked: SentControlIds): Promise<Ledger> => {
  const left = [...asked]
  const ledger = new Map<string, Held[]>()
  const one = (id: string): Promise<Held[]> =>
    api.get<Held>(`/api/messages/${id}`).then(
      (message) => [message],
      (error) => {
        if (error instanceof ApiFailure && error.status === 404) return []
        throw error
      },
    )
  const ask = async (controlId: string, messageIds: ReadonlySet<string>): Promise<Held[]> => {
    const { messages, more } = await api.get<Page>(
      `/api/messages?controlId=${encodeURIComponent(controlId)}`,
    )
    return more ? (await Promise.all([...messageIds].map(one))).flat() : messages
  }
  const work = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop())
      ledger.set(next[0], await ask(...next))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return ledger
}
