/** Bytes of bodies received and not yet answered, in all and of each client. */
export const createHeldBytes = () => {
  const byClient = new Map<string, number>()
  let total = 0
  return {
    total: () => total,
    of: (client: string): number => byClient.get(client) ?? 0,
    /** @param bytes  negative once they are answered */
    add: (client: string, bytes: number): void => {
      total += bytes
      const left = (byClient.get(client) ?? 0) + bytes
      if (left > 0) byClient.set(client, left)
      else byClient.delete(client)
    },
  }
}

export type HeldBytes = ReturnType<typeof createHeldBytes>
