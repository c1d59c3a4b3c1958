import { expect, test } from 'vitest'
import { readiness, serveHealth } from './health.ts'
import { createMetrics } from './metrics.ts'

test('names the dependencies that are missing', async () => {
  const state = await readiness({
    kafka: () => true,
    mongodb: () => false,
    registry: () => Promise.reject(new Error('refused')),
  })
  expect(state).toEqual({ ready: false, missing: ['mongodb', 'registry'] })
})

test('serves live, ready and OpenMetrics', async () => {
  const metrics = createMetrics()
  metrics.counter('received', 'Messages received', ['source']).inc({ source: 'RJZ' })
  let up = false
  const server = await serveHealth({ host: '127.0.0.1', port: 0 }, { kafka: () => up }, metrics)
  const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`)
  try {
    expect((await get('/health/live')).status).toBe(200)
    expect((await get('/health/ready')).status).toBe(503)
    up = true
    expect((await get('/health/ready')).status).toBe(200)
    expect((await get('/nothing')).status).toBe(404)
    const text = await (await get('/metrics')).text()
    expect(text).toContain('tideway_received_total{source="RJZ"} 1')
    expect(text.trimEnd().endsWith('# EOF')).toBe(true)
  } finally {
    await server.close()
  }
})
