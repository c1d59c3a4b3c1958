import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from '../home.ts'
import { answersHttp, onPath, type Site } from '../parts/part.ts'
import type { Program } from '../processes/launch.ts'
import { dashboardPage } from './dashboards.ts'

const scrapeEvery = '5s'

/** What Prometheus reads: every service of this stack, and the alert rules of deploy/. */
export const configOf = (health: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    global: { scrape_interval: scrapeEvery, evaluation_interval: '15s' },
    rule_files: [join(checkout, 'deploy/prometheus/alerts.yaml')],
    scrape_configs: [
      {
        job_name: 'tideway',
        static_configs: Object.entries(health).map(([service, address]) => ({
          labels: { service },
          targets: [new URL(address).host],
        })),
      },
    ],
  })

/** What to do where there is none. */
export const howToObserve =
  'prometheus is not on PATH, so nothing observes this stack: install it (Debian: prometheus; Homebrew: prometheus) and start again, or run the system in Docker with Prometheus and Grafana: docker compose --profile system --profile observe up. The services show their metrics at /metrics of each health address'

/**
 * Prometheus over the services of this stack, with a page of the dashboards' queries.
 *
 * @returns null if there is none on PATH
 */
export const prometheus = async (
  { home, ports, env }: Site,
  health: Readonly<Record<string, string>>,
): Promise<{ program: Program; page: string } | null> => {
  const command = await onPath('prometheus', env)
  if (command === null) return null
  const folder = join(home.data, 'prometheus')
  const consoles = join(folder, 'consoles')
  mkdirSync(consoles, { recursive: true })
  const config = join(folder, 'prometheus.yaml')
  writeFileSync(config, configOf(health))
  writeFileSync(join(consoles, 'dashboards.html'), dashboardPage())
  const address = `127.0.0.1:${ports.prometheus}`
  return {
    page: `http://${address}/consoles/dashboards.html`,
    program: {
      name: 'prometheus',
      command,
      args: [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        '--storage.tsdb.retention.time=2d',
        `--web.console.templates=${consoles}`,
        `--web.listen-address=${address}`,
      ],
      env,
      ready: () => answersHttp(`http://${address}/-/ready`),
      readyWithinMs: 60_000,
      graceMs: 10_000,
    },
  }
}
