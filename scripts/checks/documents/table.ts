/** A Markdown table. A bar inside a cell is escaped. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

const start = (name: string) => `<!-- ${name}: made by npm run readme-tables -->`
const end = (name: string) => `<!-- ${name}: end -->`

/** Names of the generated regions of a document. */
export const tablesIn = (document: string): string[] =>
  [...document.matchAll(/<!-- (\S+): made by npm run readme-tables -->/g)].map(
    (match) => match[1] as string,
  )

/**
 * The document with its generated regions replaced.
 *
 * @throws Error naming a region without an end marker, or one that is not generated
 */
export const fillTables = (document: string, tables: Readonly<Record<string, string>>): string =>
  tablesIn(document).reduce((text, name) => {
    const [from, to] = [text.indexOf(start(name)), text.indexOf(end(name))]
    if (to < from) throw new Error(`table ${name} has no end`)
    if (tables[name] === undefined) throw new Error(`no code generates table ${name}`)
    return `${text.slice(0, from + start(name).length)}\n\n${tables[name]}\n\n${text.slice(to)}`
  }, document)
