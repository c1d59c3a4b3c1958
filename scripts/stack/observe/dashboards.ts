import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from '../home.ts'

/** A dashboard of deploy/grafana, as far as its queries go. */
type Dashboard = {
  title: string
  panels: { title: string; targets: { expr: string }[] }[]
}

const folder = join(checkout, 'deploy/grafana/dashboards')

/** The dashboards of deploy/grafana. */
export const dashboards = (): Dashboard[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Dashboard)

/** A query for every value of the variables that a reader of the dashboard chooses. */
export const forAll = (expr: string): string => expr.replaceAll(/="\$\w+"/g, '=~".+"')

/** Address of a graph of Prometheus with one query after another, relative to its root. */
export const graphOf = (queries: readonly string[]): string =>
  `/graph?${queries
    .map(
      (expr, place) =>
        `g${place}.expr=${encodeURIComponent(forAll(expr))}&g${place}.tab=0&g${place}.range_input=15m`,
    )
    .join('&')}`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const link = (text: string, queries: readonly string[]): string =>
  `<a href="${escaped(graphOf(queries))}">${escaped(text)}</a>`

/** A page of links: each dashboard, and each of its panels, as graphs of Prometheus. */
export const dashboardPage = (all: readonly Dashboard[] = dashboards()): string => {
  const queriesOf = (panels: Dashboard['panels']) =>
    panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
  const sections = all.map(
    ({ title, panels }) =>
      `<h2>${link(title, queriesOf(panels))}</h2>\n<ul>\n${panels
        .map((panel) => `<li>${link(panel.title, queriesOf([panel]))}</li>`)
        .join('\n')}\n</ul>`,
  )
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Tideway: dashboards</title></head>
<body>
<h1>Dashboards</h1>
<p>The queries of deploy/grafana, as graphs of this Prometheus. <a href="/alerts">Alerts</a>, <a href="/targets">targets</a>.</p>
${sections.join('\n')}
</body>
</html>
`
}
