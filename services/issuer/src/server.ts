import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Provider from 'oidc-provider'

const health: Record<string, string> = {
  '/health/live': '{"live":true}',
  '/health/ready': '{"ready":true,"missing":[]}',
}

/** Serves the issuer and its health endpoints on one port. */
export const listen = async (
  provider: Provider,
  address: { host: string; port: number },
): Promise<{ port: number; close: () => Promise<void> }> => {
  const answer = provider.callback()
  const server: Server = createServer((request, response) => {
    const body = health[request.url ?? '']
    if (body === undefined) return void answer(request, response)
    response
      .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(body)
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
