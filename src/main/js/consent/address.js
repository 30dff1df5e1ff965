/**
 * @fileoverview What a destination's ID endpoint is told of consent. Only platforms say any of it.
 */

/**
 * @param {string} url
 * @param {!SyncParams} names of the parameters
 * @param {!Object} signals the parts of context.consent that are known
 * @return {string} the URL with those that are known
 */
export function withSignals(url, names, signals) {
  const applies = signals['gdprApplies'];
  return [
    [names.gdpr, applies === true ? '1' : applies === false ? '0' : ''],
    [names.gdprConsent, signals['tcf']],
    [names.usPrivacy, signals['usp']],
    [names.gpp, signals['gpp']],
    [names.gppSid, (signals['gppSid'] || []).filter((id) => id > 0).join()]
  ]
      .filter((pair) => pair[0] && pair[1])
      .reduce((all, pair) => all + (all.includes('?') ? '&' : '?') + pair[0] + '=' + encodeURIComponent(pair[1]), url);
}
