import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { selectedBy } from './expression.ts'
import { type Exposed, exposedMetrics } from './exposed-metrics.ts'

type Rule = { alert?: string; expr?: string; annotations?: { summary?: string; runbook?: string } }
type Rules = { groups?: { rules?: Rule[] }[] }
type Dashboard = {
  panels?: { title?: string; targets?: { expr?: string }[] }[]
  templating?: { list?: { query?: string }[] }
}

const alertsFile = 'deploy/prometheus/alerts.yaml'
const dashboards = 'deploy/grafana/dashboards'
const runbooks = 'docs/operations.md'

/** Labels that Prometheus adds, or that its configuration gives every target. */
const everywhere: ReadonlySet<string> = new Set(['job', 'instance', 'service', 'le'])

/** What is wrong with an expression: not PromQL, or a metric or label that no service exposes. */
export const expressionProblems = (expression: string, exposed: Exposed): string[] => {
  const selected = selectedBy(expression)
  if (selected === null) return ['is not a PromQL expression']
  const { series, grouped } = selected
  const known = series.flatMap(({ metric }) => [...(exposed.get(metric) ?? [])])
  const isAny = series.some(({ metric }) => exposed.get(metric) === null)
  return [
    ...series.flatMap(({ metric, labels }) => {
      const own = exposed.get(metric)
      if (own === undefined) return [`no service exposes ${metric}`]
      return labels
        .filter((label) => own !== null && !own.has(label) && !everywhere.has(label))
        .map((label) => `${metric} has no label ${label}`)
    }),
    ...grouped
      .filter((label) => !isAny && !known.includes(label) && !everywhere.has(label))
      .map((label) => `none of its metrics has a label ${label}`),
  ]
}

const alertProblems = (root: string, exposed: Exposed): string[] => {
  const rules = parse(readFileSync(join(root, alertsFile), 'utf8')) as Rules
  const alerts = (rules.groups ?? []).flatMap((group) => group.rules ?? [])
  const document = readFileSync(join(root, runbooks), 'utf8')
  const section = /^## Alerts$([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(document)?.[1] ?? ''
  const described = [...section.matchAll(/^### (\w+)$/gm)].map(([, name = '']) => name)
  const names = alerts.map(({ alert = '' }) => alert)
  return [
    ...alerts.flatMap(({ alert = 'a rule without a name', expr = '', annotations }) => [
      ...expressionProblems(expr, exposed).map((problem) => `${alert}: ${problem}`),
      ...(annotations?.runbook === `${runbooks}#${alert.toLowerCase()}`
        ? []
        : [`${alert}: its runbook must be ${runbooks}#${alert.toLowerCase()}`]),
    ]),
    ...names
      .filter((one) => !described.includes(one))
      .map((one) => `${one} has no section in ${runbooks}`),
    ...described
      .filter((one) => !names.includes(one))
      .map((one) => `${runbooks} describes ${one}, which is no alert`),
  ].map((problem) => `${alertsFile}: ${problem}`)
}

/** `label_values(metric, label)` of a variable as the selector it is. */
const selectorOf = (query: string): string =>
  query.replace(/^label_values\((\w+), *(\w+)\)$/, '$1{$2!=""}')

const dashboardProblems = (root: string, exposed: Exposed): string[] =>
  readdirSync(join(root, dashboards)).flatMap((file) => {
    const { panels = [], templating } = JSON.parse(
      readFileSync(join(root, dashboards, file), 'utf8'),
    ) as Dashboard
    const named = [
      ...panels.flatMap(({ title = '', targets = [] }) =>
        targets.map(({ expr = '' }) => [title, expr] as const),
      ),
      ...(templating?.list ?? []).map(
        ({ query = '' }) => ['a variable', selectorOf(query)] as const,
      ),
    ]
    return named.flatMap(([title, expr]) =>
      expressionProblems(expr, exposed).map(
        (problem) => `${dashboards}/${file}: ${title}: ${problem}`,
      ),
    )
  })

/** Every metric and label that alerts and dashboards name is exposed; alerts have runbooks. */
export const observability = async (root: string): Promise<string[]> => {
  const exposed = await exposedMetrics(root)
  return [...alertProblems(root, exposed), ...dashboardProblems(root, exposed)]
}
