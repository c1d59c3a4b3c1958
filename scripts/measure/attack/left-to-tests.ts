/** What a local development stack cannot show, and the test that shows it. */
export const leftToTests = [
  {
    what: 'A message that says another source than its client certificate',
    title:
      'over TLS a message that says another source than the certificate is refused, and counted',
    file: 'services/hl7-ingest/src/identify/sender-mismatch.test.ts',
  },
  {
    what: 'What is for development only, in production',
    title: 'plain HTTP is refused in production unless a proxy is said to be in front',
    file: 'packages/http/src/server-tls.test.ts',
  },
  {
    what: 'A broker that no known authority signed',
    title: 'a broker whose certificate no known authority signed is not trusted',
    file: 'scripts/stack/parts/kafka-security.int.test.ts',
  },
  {
    what: 'Topics that would lose what was acknowledged',
    title: 'a topic that keeps what was acknowledged has no difference',
    file: 'packages/kafka/src/topic-durability.test.ts',
  },
  {
    what: 'A database, log or archive of another epoch',
    title: 'a running archiver stops when the database is another one, and does not start again',
    file: 'services/archiver/src/epoch/epoch.int.test.ts',
  },
  {
    what: 'A log that cannot be reached',
    title:
      'an answer is complete only while the line keeps up, says what lags, and is complete again',
    file: 'services/record-api/src/completeness/completeness.int.test.ts',
  },
] as const
