import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Metrics } from './metrics.ts'

/** Dependencies by name, and whether each responds now. False or a rejection means missing. */
export type Checks = Record<string, () => Promise<boolean> | boolean>

const timeoutMs = 2_000

const responds = async (check: Checks[string]): Promise<boolean> => {
  try {
    const timeout = new Promise<false>((resolve) => setTimeout(resolve, timeoutMs, false).unref())
    return await Promise.race([check(), timeout])
  } catch {
    return false
  }
}

/** Ready, or the names of the dependencies that do not respond. */
export const readiness = async (checks: Checks): Promise<{ ready: boolean; missing: string[] }> => {
  const names = Object.keys(checks)
  const results = await Promise.all(names.map((name) => responds(checks[name] as Checks[string])))
  const missing = names.filter((_, index) => !results[index])
  return { ready: missing.length === 0, missing }
}

/**
 * Serves `/health/live` (200), `/health/ready` (200, or 503 with what is missing) and `/metrics`.
 */
export const serveHealth = async (
  address: { host: string; port: number },
  checks: Checks,
  metrics: Pick<Metrics, 'contentType' | 'text'>,
) => {
  const routes: Record<string, () => Promise<{ status: number; type: string; body: string }>> = {
    '/health/live': async () => ({ status: 200, type: 'application/json', body: '{"live":true}' }),
    '/health/ready': async () => {
      const state = await readiness(checks)
      return {
        status: state.ready ? 200 : 503,
        type: 'application/json',
        body: JSON.stringify(state),
      }
    },
    '/metrics': async () => ({
      status: 200,
      type: metrics.contentType,
      body: await metrics.text(),
    }),
  }
  const server = createServer((request, response) => {
    const route = routes[request.url ?? '/']
    if (route === undefined) return void response.writeHead(404).end()
    route().then(
      ({ status, type, body }) =>
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body),
      () => response.writeHead(500).end(),
    )
  })
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(address.port, address.host, resolve),
  )
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
