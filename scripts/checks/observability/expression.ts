import { parser } from '@prometheus-io/lezer-promql'

/** A series that an expression selects, with the labels it selects or groups by. */
export type Selected = { metric: string; labels: string[] }

/**
 * What a PromQL expression reads.
 *
 * @returns null if it is not PromQL
 * @see Prometheus, Querying basics
 */
export const selectedBy = (
  expression: string,
): { series: Selected[]; grouped: string[] } | null => {
  const series: Selected[] = []
  const grouped: string[] = []
  let isValid = true
  parser.parse(expression).iterate({
    enter: ({ name, type, from, to, node }) => {
      if (type.isError) isValid = false
      const sent = expression.slice(from, to)
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector')
        series.push({ metric: sent, labels: [] })
      if (name !== 'LabelName') return
      if (node.parent?.name === 'GroupingLabels') grouped.push(sent)
      else series.at(-1)?.labels.push(sent)
    },
  })
  return isValid && series.length > 0 ? { series, grouped } : null
}
