/**
 * @fileoverview Whether the identifier may be synced and events be sent, by what is known of consent. The server asks
 * the same rules in the same order under the same names, of the signals on the event; a table of cases holds both equal.
 */
import {applicable, refusedInUs, section} from './sections.js';

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
      disclosed && Object.keys(disclosed).length && !disclosed[vendor])) {
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
      const data = heard.tcf;
      return data === null ? OPEN : data && data['gdprApplies'] ? transparency(data, config) : 0;
    }
  },
  {
    name: 'gpp',
    ask: (heard, config) => {
      const ping = heard.gpp;
      if (!ping) {
        return ping === null ? OPEN : 0;
      }
      // Europe's section counts where no TCF platform of its own says it better.
      const europe = !heard.tcf && applicable(ping).includes(2);
      return (refusedInUs(ping) ? ALL : 0) | (europe ? transparency(european(ping), config) : 0);
    }
  },
  {
    name: 'usp',
    ask: (heard) => {
      const own = heard.usp;
      const inGpp = heard.gpp && applicable(heard.gpp).includes(6) && section(heard.gpp, 'uspv1');
      return own && /^..Y/i.test(own) || inGpp && inGpp['OptOutSale'] === 'Y' ? ALL : own === null ? OPEN : 0;
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
      const tcf = heard.tcf && (typeof heard.tcf['gdprApplies'] === 'boolean' || heard.tcf['tcString']);
      const europe = heard.gpp && applicable(heard.gpp).includes(2);
      const categories = config.category.length && heard.categories;
      return config.scope !== 'gdpr' || tcf || europe || categories ? 0 : ALL;
    }
  }
];

/**
 * @param {!Object} ping
 * @return {!Object} the TCF section of a GPP string in the form of TCData
 */
function european(ping) {
  const found = section(ping, 'tcfeuv2') || {};
  const set = (values) => {
    const result = {};
    [].concat(values || []).forEach((value, i) => {
      result[value === true ? i + 1 : value] = true;
    });
    return result;
  };
  const limits = {};
  [].concat(found['PublisherRestrictions'] || []).forEach((limit) => {
    const purpose = limit['purposeId'] || limit['PurposeId'];
    limits[purpose] = limits[purpose] || {};
    [].concat(limit['vendors'] || limit['Ids'] || []).forEach((id) => limits[purpose][id] = limit['type'] || 0);
  });
  return {
    'tcString': found['PurposeConsents'] ? 'gpp' : '',
    'purpose': {'consents': set(found['PurposeConsents'])},
    'vendor': {'consents': set(found['VendorConsents'])},
    'publisher': {'restrictions': limits}
  };
}

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
