/**
 * @fileoverview A plugin for `@segment/analytics-next`: `analytics.register(waybillSegment())`.
 */
import {hand, tagged} from './hand.js';

/**
 * It stands among the enrichments and returns at once: those are called for every event, before any delivery, so that
 * neither a slow destination nor `integrations: {All: false}` keeps an event from Waybill, which reads `integrations`
 * itself.
 * @param {{enrich: (boolean|undefined), forward: (boolean|undefined)}=} options `enrich`: put what is known of the
 *     identifier and of consent on the SDK's own events, without waiting; `forward: false`: hand nothing over, for an
 *     SDK that sends everything to Waybill anyway
 * @return {!Object} the plugin
 */
function waybillSegment(options) {
  const own = options || {};
  /** @param {!Object} context the SDK's */
  const each = (context) => {
    if (own['forward'] !== false) {
      hand(context['event']);
    }
    if (own['enrich']) {
      try {
        const known = window.waybill['enrich'](context['event']);
        context['event']['context'] = known['context'];
      } catch (e) {
        // waybill.js isn't there yet: the event goes as it is.
      }
    }
    return context;
  };
  return {
    'name': 'Waybill',
    'version': '1',
    'type': 'enrichment',
    'isLoaded': () => true,
    'load': () => Promise.resolve(),
    'track': each,
    'page': each,
    'identify': each,
    'screen': each,
    'group': each,
    'alias': each
  };
}

window['waybillSegment'] = waybillSegment;
if (tagged('data-register') && window['analytics'] && window['analytics']['register']) {
  window['analytics']['register'](waybillSegment({'enrich': tagged('data-enrich')}));
}
