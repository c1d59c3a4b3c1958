import { table } from '../../checks/documents/table.ts'
import { placesNotShown, type CorpusReading } from './reading.ts'
import { frequent } from './tally.ts'

/** What the column of the tables means. */
export const notShownRules =
  'Content not shown: values in segments and resources with clinical content that no event says, and the messages that have some; the record names their number, and shows them at their source.\n'

const shown = 25

/** By field or element, without the numbers of segments and repetitions; the most frequent. */
export const notShownTable = (readings: readonly CorpusReading[]): string[] => [
  '\n## Content not shown\n',
  table(
    ['place', 'messages'],
    frequent(readings.flatMap((reading) => [...new Set(placesNotShown(reading))]))
      .slice(0, shown)
      .map(([place, count]) => [`\`${place}\``, String(count)]),
  ),
]
