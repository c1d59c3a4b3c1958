import { contextOf } from './context.ts'
import type { Chart } from '../chart/open-chart.ts'
import { maxPage } from '../chart/take-page.ts'
import type { Names } from '../json/patient.ts'
import { answerOf } from '../json/schema/answer.ts'
import { PatientRecord, recordOf } from '../json/record.ts'

const answer = answerOf<PatientRecord>(PatientRecord)

/**
 * The combined record: every section and count at once, then where the messages behind the entries
 * are archived.
 */
export const readRecord = async (
  chart: Chart,
  names: Names,
  asOf: Date,
): Promise<PatientRecord> => {
  const { heads } = chart
  const [encounters, reports, documents, statements, known] = await Promise.all([
    chart.page('encounter', null, maxPage),
    chart.page('report', null, maxPage),
    chart.page('document', null, maxPage),
    chart.statements(),
    chart.known(),
  ])
  const entries = [encounters, reports, documents, ...Object.values(statements)].flatMap(
    (section) => section.entries,
  )
  const context = await contextOf(chart, entries)
  return answer(
    recordOf(
      {
        asOf,
        heads,
        ...known,
        sections: { encounters, reports, documents },
        statements,
      },
      names,
      context,
    ),
    chart.sealId,
  )
}
