import { createHash } from 'node:crypto'
import type { EntrySource, SourceField, SourceMessage, SourceSegment } from '../json/source.ts'

const style = `body{font:1rem/1.5 system-ui,sans-serif;color:#212b32;background:#fff;max-width:70rem;margin:0 auto;padding:1rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f0f4f5;border:1px solid #768692;padding:.75rem;font-size:1rem}
mark{background:#ffeb3b;color:#212b32;border-bottom:2px solid #212b32}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold}th,td{text-align:left;vertical-align:top;border-bottom:1px solid #d8dde0;padding:.25rem .75rem .25rem 0;overflow-wrap:anywhere}
h2,h3,dd{overflow-wrap:anywhere}
dt{font-weight:bold}dd{margin:0 0 .5rem}section{border-top:2px solid #768692}
@media (max-width:40rem){thead{position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden}table,caption,tbody,tr,th,td{display:block}tr{border-bottom:1px solid #768692;padding:.25rem 0}th,td{border:0;padding:0}td[data-label]::before{content:attr(data-label) ": ";font-weight:bold}}`

/** Content-Security-Policy of the page: its own style, nothing else. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const html = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => escapes[character] as string)

/** Pieces without overlap, in order; of two that overlap, the inner one. */
const apart = (fields: readonly SourceField[]): { start: number; end: number }[] => {
  const marks: { start: number; end: number }[] = []
  const inner = fields.filter(
    (field) =>
      field.end > field.start &&
      !fields.some(
        (other) =>
          other !== field &&
          other.end > other.start &&
          other.start >= field.start &&
          other.end <= field.end &&
          other.end - other.start < field.end - field.start,
      ),
  )
  for (const { start, end } of inner)
    if (start >= (marks.at(-1)?.end ?? 0)) marks.push({ start, end })
  return marks
}

const marked = ({ text, fields }: SourceSegment): string => {
  let at = 0
  let out = ''
  for (const { start, end } of apart(fields)) {
    out += `${html(text.slice(at, start))}<mark>${html(text.slice(start, end))}</mark>`
    at = end
  }
  return out + html(text.slice(at))
}

/** The ARIA roles keep it a table on narrow screens, where each row is a block. */
const fieldRow = ({ field, place, text, derived }: SourceField) =>
  `<tr role="row"><th role="rowheader" scope="row">${html(field)}</th><td role="cell" data-label="Place">${html(place)}</td><td role="cell" data-label="As sent">${html(text)}${derived === undefined ? '' : ` <em>(${html(derived)})</em>`}</td></tr>`

const segmentPart = (segment: SourceSegment) => `<h3>${html(segment.place)}</h3>
<pre>${marked(segment)}</pre>${segment.abridged ? '<p>Long data is cut.</p>' : ''}
<table role="table"><caption>Source of each value</caption><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Value</th><th role="columnheader" scope="col">Place</th><th role="columnheader" scope="col">As sent</th></tr></thead><tbody role="rowgroup">${segment.fields.map(fieldRow).join('')}</tbody></table>`

const messagePart = ({
  message,
  source,
  type,
  controlId,
  receivedAt,
  archive,
  characterSet,
  segments,
}: SourceMessage) => `<section>
<h2>${html(type ?? 'Message')} from ${html(source)}, received <time datetime="${html(receivedAt)}">${html(receivedAt)}</time></h2>
<dl><dt>Control id</dt><dd>${html(controlId ?? 'none')}</dd><dt>Message id</dt><dd>${html(message)}</dd>
<dt>Archive</dt><dd>${html(archive.object)}, record ${archive.position}</dd><dt>Character set</dt><dd>${html(characterSet)}</dd></dl>
${segments.length === 0 ? '<p>The values shown cannot be located in this message.</p>' : segments.map(segmentPart).join('\n')}</section>`

const headingOf = (field: string | undefined): string => {
  if (field === undefined) return 'Every value shown of this entry, and what is not shown'
  return field.startsWith('notShown')
    ? 'What was sent and is not shown, because it could not be used'
    : `The field ${html(field)} of this entry`
}

/** The original text behind an entry as an HTML page, each piece marked. No script. */
export const sourcePage = ({
  field,
  messages,
  withdrawn,
  left,
}: EntrySource): string => `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Where this comes from</title><style>${style}</style></head>
<body><main><h1>Where this comes from</h1>
<p>${headingOf(field)}, as sent. Only the parts of each message that hold it are shown; the pieces used are marked.</p>
${withdrawn.length === 0 ? '' : `<p>Withdrawn, and not shown: ${html(withdrawn.join(', '))}.</p>`}${left === 0 ? '' : `<p>${left} older messages were not read.</p>`}
${messages.map(messagePart).join('\n')}</main></body></html>
`
