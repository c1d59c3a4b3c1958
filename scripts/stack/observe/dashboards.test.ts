import { expect, test } from 'vitest'
import { dashboardPage, dashboards, forAll, graphOf } from './dashboards.ts'
import { configOf } from './prometheus.ts'

const all = dashboards().flatMap(({ panels }) => panels.flatMap(({ targets }) => targets))

test('the page has every query of every dashboard, for all values of their variables', () => {
  const links = [...dashboardPage().matchAll(/href="(\/graph[^"]*)"/g)].map(([, href = '']) =>
    [...new URL(href.replaceAll('&amp;', '&'), 'http://localhost').searchParams]
      .filter(([name]) => name.endsWith('.expr'))
      .map(([, expr]) => expr),
  )
  const shown = new Set(links.flat())
  expect(all.length).toBeGreaterThan(20)
  for (const { expr } of all) expect(shown).toContain(forAll(expr))
  expect([...shown].join()).not.toContain('$')
})

test('a query is asked as it is written', () => {
  const { searchParams } = new URL(graphOf(['rate(a{b="$feed"}[5m]) + 1']), 'http://localhost')
  expect(searchParams.get('g0.expr')).toBe('rate(a{b=~".+"}[5m]) + 1')
})

test('every service is scraped under the job and labels that the dashboards use', () => {
  const config = JSON.parse(configOf({ 'hl7-ingest': 'http://127.0.0.1:9301' }))
  expect(config.scrape_configs).toEqual([
    {
      job_name: 'tideway',
      static_configs: [{ labels: { service: 'hl7-ingest' }, targets: ['127.0.0.1:9301'] }],
    },
  ])
  expect(config.rule_files[0]).toMatch(/deploy\/prometheus\/alerts.yaml$/)
})
