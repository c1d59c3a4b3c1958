import type { MllpServer } from './mllp-server.ts'

/** Listeners that come and go with the source files, by port. */
export const createPortSet = (listen: (port: number) => Promise<MllpServer>) => {
  const servers = new Map<number, MllpServer>()

  const closeAll = (opened: Iterable<MllpServer>) =>
    Promise.all([...opened].map((server) => server.close()))

  return {
    ports: () => [...servers.keys()],
    /**
     * Opens and closes ports until these are open. Connections of a port that closes are answered
     * first; that is not waited for.
     *
     * @throws Error if one cannot be opened; the others are then as before
     */
    set: async (wanted: ReadonlySet<number>): Promise<void> => {
      const added = new Map<number, MllpServer>()
      try {
        for (const port of wanted) if (!servers.has(port)) added.set(port, await listen(port))
      } catch (error) {
        await closeAll(added.values())
        throw error
      }
      for (const [port, server] of servers) {
        if (wanted.has(port)) continue
        servers.delete(port)
        void server.close()
      }
      for (const [port, server] of added) servers.set(port, server)
    },
    close: () => closeAll(servers.values()),
  }
}
