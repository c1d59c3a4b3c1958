import type { Api } from '../client/api.ts'

export const messageStates = ['parked', 'released', 'dropped'] as const

/** Filters of GET /api/messages; times as ISO 8601. */
export type ListFilters = {
  controlId?: string | undefined
  source?: string | undefined
  from?: string | undefined
  to?: string | undefined
  type?: string | undefined
  state?: (typeof messageStates)[number] | undefined
}

type Problem = { code: string; place: string } | null

/** A message of the ledger, as far as it is listed. */
export type ListedMessage = {
  id: string
  source: string
  controlId?: string | null
  type?: string | null
  answered: string
  receivedAt: string
  projectedAt?: string | null
  events: number
  problem?: Problem
  parked?: Problem
  dropped?: Problem
}

type Page = { messages: ListedMessage[]; more: boolean; before?: string | null }

/** Reads pages until there are `limit` messages or no more. @throws ApiFailure */
export const fetchMessages = async (
  api: Pick<Api, 'get'>,
  filters: ListFilters,
  limit: number,
): Promise<{ messages: ListedMessage[]; more: boolean }> => {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined)
  const messages: ListedMessage[] = []
  for (let before: string | null = null; ; ) {
    const query = new URLSearchParams(given as [string, string][])
    if (before !== null) query.set('before', before)
    const page: Page = await api.get(`/api/messages?${query}`)
    messages.push(...page.messages)
    before = page.before ?? null
    if (messages.length >= limit || before === null)
      return {
        messages: messages.slice(0, limit),
        more: before !== null || messages.length > limit,
      }
  }
}
