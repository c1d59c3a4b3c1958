// Health check of a container: exits 0 when the service in it says it is ready, or the address
// given answers.
const address = process.argv[2] ?? `http://127.0.0.1:${process.env.HEALTH_PORT}/health/ready`
fetch(address).then(
  (response) => process.exit(response.ok ? 0 : 1),
  () => process.exit(1),
)
