/**
 * @fileoverview What the answers of TCF, GPP and US Privacy come to, as the rules of these names.
 */
import {ALL, OPEN, SEND, SYNC} from './rules.js';
import {applicable, european, optedOut, refusedInUs, section} from './sections.js';

/**
 * Undefined means that there is no such platform, null that it hasn't decided.
 * @typedef {{tcf: (?Object|undefined), gpp: (?Object|undefined), usp: (?string|undefined)}}
 */
export let Said;

/**
 * @param {!Object} data TCData
 * @param {!ConsentConfig} config
 * @return {number}
 */
function transparency(data, config) {
  if (!data['tcString'] || data['isServiceSpecific'] === false) {
    return ALL;
  }
  const vendor = config.vendor;
  const purposes = (data['purpose'] || {})['consents'] || {};
  const vendors = data['vendor'] || {};
  const disclosed = vendors['disclosedVendors'];
  const limits = (data['publisher'] || {})['restrictions'] || {};
  if (vendor && (!(vendors['consents'] || {})[vendor] ||
      disclosed && !disclosed[vendor])) {
    return ALL;
  }
  // A restriction of 0 forbids the purpose to the vendor; with 2 consent is no basis for it.
  const lacks = (purpose) => !purposes[purpose] ||
      vendor && [0, 2].includes((limits[purpose] || {})[vendor]);
  return (vendor && lacks(1) ? SYNC : 0) + (config.purposes.some(lacks) ? SEND : 0);
}

/**
 * @param {!Said} said
 * @param {!ConsentConfig} config
 * @return {{tcf: number, gpp: number, usp: number, european: boolean}}
 */
export function judged(said, config) {
  const {tcf, gpp, usp} = said;
  // Europe's section of GPP comes before what the page says.
  const europe = config.signals.tcf && !!gpp && applicable(gpp).includes(2);
  const parsed = europe && gpp ? section(gpp, 'tcfeuv2') : null;
  const data = parsed ? european(parsed) : tcf;
  // A string that nobody says doesn't apply is judged.
  const applies = data && (data['gdprApplies'] == null ? data['tcString'] : data['gdprApplies']);
  return {
    tcf: data === null ? OPEN : europe || applies ? transparency(data || {}, config) : 0,
    gpp: gpp === null ? OPEN : gpp && refusedInUs(gpp) ? ALL : 0,
    usp: usp === null ? OPEN : usp && optedOut(usp) ? ALL : 0,
    // A TCF platform has said at least whether the GDPR applies.
    european: !!tcf || europe
  };
}
