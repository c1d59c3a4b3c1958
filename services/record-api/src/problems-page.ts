import { errors } from './errors.ts'

const row = ([code, { status, title, detail }]: [string, (typeof errors)[keyof typeof errors]]) =>
  `<tr id="${code}"><th scope="row">${code}</th><td>${status}</td><td>${title}</td><td>${detail}</td></tr>`

/** What each error means and what to do about it: where the `type` of a problem document points. */
export const problemsPage = (): string => `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Errors of the record service</title></head>
<body><h1>Errors of the record service</h1>
<table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">What it means</th><th scope="col">What to do</th></tr></thead>
<tbody>${Object.entries(errors).map(row).join('\n')}</tbody></table></body></html>
`
