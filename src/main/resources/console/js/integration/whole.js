// A received event as one that stands for itself, so that a preview decides about it as its lane did. Pure functions.

/** Stands for an identifier that is known to be there and not shown. */
export const STAND_IN = '6c21b7a0-4b5e-4f7a-9a9d-0c3a52d5f1b2'

/**
 * Lays what the collector found beside the event into it: the batch's defaults, the cookies' identifiers, Sec-GPC; and
 * what the browser reported around it.
 * @param {any} trace one event as the API tells it
 * @param {any} lane the trace's lane, if it has one
 * @param {string} kit
 */
export function wholeEvent (trace, lane, kit) {
  const { header = {} } = trace
  const event = { ...trace.received, type: trace.type }
  if (object(header.batchContext)) event.context = { ...header.batchContext, ...event.context }
  if (object(header.batchIntegrations)) event.integrations = { ...header.batchIntegrations, ...event.integrations }
  if (header.batchSentAt && !event.sentAt) event.sentAt = header.batchSentAt
  for (const [name, puid] of Object.entries(header.kitCookies ?? {})) identify(event, name, puid)
  if (lane?.decision?.identityFrom === 'report') identify(event, kit, reported(lane, kit) ?? STAND_IN)
  if (header.globalPrivacyControl) event.context = { ...event.context, consent: { ...event.context?.consent, gpc: true } }
  return event
}

/** Where the event has none. */
function identify (event, kit, puid) {
  const { providers = {} } = event.context ?? {}
  if (providers[kit]?.puid != null) return
  event.context = { ...event.context, providers: { ...providers, [kit]: { ...providers[kit], puid } } }
}

const reported = (lane, kit) => lane.steps?.find(step => step.input === `context.providers.${kit}.puid` && typeof step.value === 'string')?.value

const object = value => typeof value === 'object' && value !== null && !Array.isArray(value)
