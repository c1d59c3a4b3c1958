import { expect, test } from 'vitest'
import { errors } from '../errors.ts'
import { problemsPage } from './problems-page.ts'

test('every error is on the page with its advice', () => {
  const page = problemsPage()
  for (const code of Object.keys(errors)) expect(page).toContain(`<tr id="${code}">`)
  expect(page).toContain(
    'Send <code>Authorization: Bearer &lt;token&gt;</code> with an access token of the issuer.',
  )
  expect(page).not.toContain('`')
  expect([...page.matchAll(/<([a-z0-9]+)/g)].map(([, tag]) => tag)).not.toContain('token')
})
