/**
 * @fileoverview Whether the identifier may be synced and events be sent, by what is known of consent. The server asks
 * the same rules in the same order under the same names, of the signals on the event; a table of cases holds both equal.
 */
import {applicable, european, optedOut, refusedInUs, section} from './sections.js';

/**
 * What is known. Of `tcf`, `gpp` and `usp` undefined means that there is no such platform, null that it hasn't decided.
 * `categories` are the choices made; a null among them is a question still open.
 * @typedef {{gpc: boolean, tcf: (?Object|undefined), gpp: (?Object|undefined), usp: (?string|undefined),
 *     categories: (?Object|undefined), answered: boolean}}
 */
export let Heard;

/** @typedef {{decided: boolean, sync: boolean, send: boolean, rule: string}} */
export let Decision;

// What a rule answers: the sum of what it has to say.
const SYNC = 1;
const SEND = 2;
const ALL = SYNC + SEND;
const OPEN = 4;

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
 * The rules, in the order in which they are asked.
 * @type {!Array<{name: string, ask: function(!Heard, !ConsentConfig): number}>}
 */
const RULES = [
  {name: 'gpc', ask: (heard) => heard.gpc ? ALL : 0},
  {
    name: 'tcf',
    ask: (heard, config) => {
      // Europe's section of GPP comes before what the page says.
      const europe = config.signals.tcf && heard.gpp && applicable(heard.gpp).includes(2);
      const parsed = europe && section(heard.gpp, 'tcfeuv2');
      const data = parsed ? european(parsed) : heard.tcf;
      // A string that nobody says doesn't apply is judged.
      const applies = data && (data['gdprApplies'] == null ? data['tcString'] : data['gdprApplies']);
      return data === null ? OPEN : europe || applies ? transparency(data || {}, config) : 0;
    }
  },
  {
    name: 'gpp',
    ask: (heard, config) => {
      const ping = heard.gpp;
      if (!ping) {
        return ping === null ? OPEN : 0;
      }
      return refusedInUs(ping) ? ALL : 0;
    }
  },
  {
    name: 'usp',
    ask: (heard) => {
      const own = heard.usp;
      return own === null ? OPEN : own && optedOut(own) ? ALL : 0;
    }
  },
  {
    name: 'category',
    ask: (heard, config) => {
      const asked = heard.categories === undefined ? [] : config.category;
      const choices = heard.categories;
      if (!asked.length || choices && asked.every((name) => choices[name] === true)) {
        return 0;
      }
      const open = !choices || !heard.answered || asked.some((name) => choices[name] === null);
      return open ? OPEN : ALL;
    }
  },
  {
    name: 'scope',
    ask: (heard, config) => {
      // What was said and denies nothing allows; a TCF platform has said at least whether the GDPR applies.
      return config.scope !== 'gdpr' || heard.tcf || config.signals.tcf && heard.gpp && applicable(heard.gpp).includes(2) ||
          config.category.length && heard.categories ? 0 : ALL;
    }
  }
];

/**
 * @param {!Heard} heard
 * @param {!ConsentConfig} config
 * @return {!Decision} `rule` is the first that forbids sending, or else the sync; `undecided` or `allowed` otherwise
 */
export function decide(heard, config) {
  let denied = 0;
  let open = 0;
  let rule = '';
  RULES.forEach((each) => {
    // While a question is open, silence is none yet.
    const found = each.name === 'scope' && open ? 0 : each.ask(heard, config);
    if (found & ALL && (!rule || found & SEND && !(denied & SEND))) {
      rule = each.name;
    }
    denied |= found & ALL;
    open |= found & OPEN;
  });
  const decided = !open || denied === ALL;
  return {
    decided: decided,
    sync: decided && !(denied & SYNC),
    send: decided && !(denied & SEND),
    rule: decided ? rule || 'allowed' : 'undecided'
  };
}
