import { exitOnBadConfig } from '@tideway/runtime/config'
import { serveHealth } from '@tideway/runtime/health'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { connectKafka } from '@tideway/kafka/client'
import { connectMongo } from '@tideway/mongo/client'
import { connectObjectStore } from '@tideway/object-store/client'
import { closeOnSignal } from '@tideway/runtime/shutdown'
import { startTracing } from '@tideway/runtime/tracing'
import { bearerAuthentication } from './http/authenticate.ts'
import { closingOf } from './http/close-server.ts'
import { type Config, loadConfig } from './config.ts'
import { requestMetrics } from './http/request-metrics.ts'
import { buildServer } from './http/server.ts'
import { loadSources } from './load-sources.ts'
import { chartsOf } from './chart/open-chart.ts'
import { lineStore } from './chart/line-store.ts'
import { recordStore } from './chart/store.ts'
import { accountedUpTo, watchedTopics } from './completeness/line-view.ts'
import { feedWatch } from './completeness/watch-feeds.ts'
import { lineWatch } from './completeness/watch-line.ts'
import { ledgerStore } from './ledger/ledger-store.ts'
import { openLedger } from './ledger/open-ledger.ts'

/** Requests take milliseconds; one whose body never arrives is cut off after this. */
const drainMs = 5_000
const closeWithinMs = 10_000

const start = async (config: Config): Promise<void> => {
  const log = createLog('record-api', config.logLevel)
  const metrics = createMetrics()
  const tracing = startTracing('record-api', config.otlpEndpoint)
  const { names, plannedSilence } = await loadSources(config.sourcesDir)
  const mongo = await connectMongo(config.mongodbUrl, config.mongodbDatabase)
  const store = recordStore(mongo)
  const messages = ledgerStore(mongo)
  const archive = connectObjectStore(config)
  const authentication = bearerAuthentication(config)
  const ends = connectKafka(config.kafkaBrokers, 'record-api', log).ends(watchedTopics)
  const background = { ...lineStore(mongo), now: Date.now, log }
  const line = lineWatch({ ...background, ends: ends.look })
  const feeds = feedWatch({
    ...background,
    planned: plannedSilence,
    accountedUpTo: () => accountedUpTo(line.view()),
    metrics,
  })
  line.start()
  feeds.start()
  const checks = { mongodb: store.answers, issuer: authentication.answers }

  const app = await buildServer({
    services: {
      charts: chartsOf({ store, archive, line: line.view, habitsOf: feeds.habitsOf }),
      ledger: (subject) => openLedger(messages, subject),
      names,
      now: () => new Date(),
    },
    authentication,
    checks,
    issuer: config.oidcIssuer,
    log,
    metrics: requestMetrics(metrics),
    tracing,
  })
  const closeServer = closingOf(app, drainMs)
  await app.listen({ host: config.host, port: config.recordApiPort })
  const health = await serveHealth({ host: config.host, port: config.healthPort }, checks, metrics)

  log.info({ addresses: app.addresses(), health: health.port, sources: names.size }, 'listening')
  closeOnSignal(
    log,
    [
      closeServer,
      line.close,
      feeds.close,
      ends.close,
      mongo.close,
      archive.close,
      tracing.close,
      health.close,
    ],
    closeWithinMs,
  )
}

try {
  await start(loadConfig(process.env))
} catch (error) {
  exitOnBadConfig(error)
}
