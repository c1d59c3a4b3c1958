import { serverTls } from '@tideway/http/server-tls'
import { exitOnBadConfig } from '@tideway/runtime/config'
import { serveHealth } from '@tideway/runtime/health'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { connectKafka } from '@tideway/kafka/client'
import { connectRegistry } from '@tideway/kafka/registry'
import { connectMongo } from '@tideway/mongo/client'
import { epochStore } from '@tideway/mongo/epoch-store'
import { followGeneration } from '@tideway/mongo/follow-generation'
import { followBelonging } from '@tideway/mongo/watch-epoch'
import { connectObjectStore } from '@tideway/object-store/client'
import { checkTogether, requireProduction } from '@tideway/runtime/production'
import { closeOnSignal } from '@tideway/runtime/shutdown'
import { startTracing } from '@tideway/runtime/tracing'
import { idSeal } from '@tideway/schemas/id-seal'
import { bearerAuthentication } from './http/authenticate.ts'
import { closingOf } from './http/close-server.ts'
import { type Config, loadConfig } from './config.ts'
import { requestMetrics } from './http/request-metrics.ts'
import { buildServer } from './http/server.ts'
import { followKnownSources } from './known-sources.ts'
import { currentCharts } from './chart/current-charts.ts'
import { chartsOf } from './chart/open-chart.ts'
import { lineStore } from './chart/line-store.ts'
import { recordStore } from './chart/store.ts'
import { accountedUpTo, watchedTopics } from './completeness/line-view.ts'
import { feedWatch } from './completeness/watch-feeds.ts'
import { lineWatch } from './completeness/watch-line.ts'
import { stewardStore } from './identity/identity-store.ts'
import { decisionPublisher } from './identity/publish-decision.ts'
import { stewardship } from './identity/stewardship.ts'
import { currentLedger, ledgerStore } from './ledger/ledger-store.ts'
import { openLedger } from './ledger/open-ledger.ts'

/** Requests take milliseconds; one whose body never arrives is cut off after this. */
const drainMs = 5_000
const lookAtEpochEveryMs = 5_000
const closeWithinMs = 10_000

const start = async (config: Config): Promise<void> => {
  const { tlsCertFile: certFile, tlsKeyFile: keyFile } = config
  const { tls } = checkTogether({
    settings: () => requireProduction(config),
    tls: () => serverTls('RECORD_API', { ...config, certFile, keyFile }),
  })
  const log = createLog('record-api', config.logLevel)
  const metrics = createMetrics()
  const tracing = startTracing('record-api', config.otlpEndpoint)
  const sources = await followKnownSources(config.sourcesDir, metrics, log)
  const mongo = await connectMongo(config.mongodbUrl, config.mongodbDatabase)
  const archive = connectObjectStore(config)
  const ids = idSeal(config.publicIdKeys)
  const { answers } = mongo
  const messages = currentLedger(followGeneration(mongo, ledgerStore))
  const authentication = bearerAuthentication(config)
  await authentication.requireIssuer()
  const kafka = connectKafka(config, 'record-api', log)
  const ends = kafka.ends(watchedTopics)
  const background = { ...lineStore(mongo), now: Date.now, log }
  const belonging = followBelonging(
    {
      log: async () => ({ topics: await kafka.topicIds(), isEmpty: false }),
      database: epochStore(mongo).look,
    },
    lookAtEpochEveryMs,
  )
  const line = lineWatch({ ...background, ends: ends.look, epoch: belonging.now })
  const feeds = feedWatch({
    ...background,
    planned: sources.plannedSilence,
    accountedUpTo: () => accountedUpTo(line.view()),
    metrics,
  })
  const charts = followGeneration(mongo, (collections) =>
    chartsOf({
      store: recordStore({ ...collections, answers }),
      archive,
      line: line.view,
      habitsOf: feeds.habitsOf,
      ids,
    }),
  )
  const decisions = decisionPublisher({
    kafka,
    registry: connectRegistry(config.schemaRegistryUrl),
  })
  line.start()
  feeds.start()
  const checks = { mongodb: answers, issuer: authentication.answers }

  const app = await buildServer({
    services: {
      charts: currentCharts(charts, { sealId: ids.seal }),
      stewardship: stewardship({
        store: followGeneration(mongo, stewardStore),
        ids,
        publish: decisions.publish,
      }),
      ledger: (subject) => openLedger(messages, subject),
      names: sources.names,
      now: () => new Date(),
    },
    authentication,
    checks,
    tls,
    issuer: config.oidcIssuer,
    log,
    metrics: requestMetrics(metrics),
    tracing,
  })
  const closeServer = closingOf(app, drainMs)
  await app.listen({ host: config.host, port: config.recordApiPort })
  const health = await serveHealth({ host: config.host, port: config.healthPort }, checks, metrics)

  log.info(
    { addresses: app.addresses(), health: health.port, sources: sources.names.size },
    'listening',
  )
  closeOnSignal(
    log,
    [
      sources.close,
      closeServer,
      line.close,
      feeds.close,
      ends.close,
      decisions.close,
      belonging.close,
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
