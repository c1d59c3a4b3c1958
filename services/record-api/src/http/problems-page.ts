import { errors } from '../errors.ts'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Text of the table as HTML; backticks become code. */
const html = (text: string): string =>
  text
    .replace(/[&<>]/g, (character) => escapes[character] as string)
    .replace(/`([^`]*)`/g, '<code>$1</code>')

const row = ([code, { status, title, detail }]: [string, (typeof errors)[keyof typeof errors]]) =>
  `<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${html(title)}</td><td>${html(detail)}</td></tr>`

/** Each error and what to do about it; the `type` of a problem document links here. */
export const problemsPage = (): string => `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Errors of the record service</title></head>
<body><h1>Errors of the record service</h1>
<table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">What it means</th><th scope="col">What to do</th></tr></thead>
<tbody>${Object.entries(errors).map(row).join('\n')}</tbody></table></body></html>
`
