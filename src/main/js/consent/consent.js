/**
 * @fileoverview What the page's consent signals allow: gathers them from whatever platforms are there, now and as they
 * change, and asks the rules.
 */
import {oneTrust} from './categories.js';
import {listenGpp} from './gpp.js';
import {decide} from './rules.js';
import {applicable} from './sections.js';
import {listenTcf} from './tcf.js';
import {listenUsp} from './usp.js';

/**
 * `give`: what the site's own banner knows, `{C0004: true}`; a null says that the question is still open.
 * @typedef {{
 *   state: function(): !ConsentState,
 *   onChange: function(function(!ConsentState)),
 *   onDelete: function(function()),
 *   give: function(!Object)}}
 */
export let Consent;

/**
 * @param {!Window} win
 * @param {!ConsentConfig} config
 * @return {!Consent}
 */
export function createConsent(win, config) {
  const on = config.signals;
  /** @type {!Array<function(!ConsentState)>} */
  const changed = [];
  /** @type {!Array<function()>} */
  const deleted = [];
  /** @type {(?Object|undefined)} */
  let tcf;
  /** @type {(?Object|undefined)} */
  let gpp;
  /** @type {(?string|undefined)} */
  let usp;
  /** @type {?Object} */
  let given = null;
  let told = '';
  const found = {tcf: !on.tcf, gpp: !on.gpp};
  /** @type {?function()} */
  let askUsp = null;
  // A platform's script may stand below this one: until the page is read, that there is none isn't known.
  let reading = win.document.readyState === 'loading';

  function look() {
    found.tcf = found.tcf || listenTcf(win, (data) => {
      tcf = data;
      tell();
    });
    found.gpp = found.gpp || listenGpp(win, (ping) => {
      gpp = ping;
      tell();
    });
    if (on.usp && !askUsp) {
      askUsp = listenUsp(win, (text) => {
        usp = text === null && usp ? usp : text;
        tell();
      }, () => deleted.forEach((callback) => callback()));
    } else if (askUsp) {
      askUsp();
    }
    tell();
  }

  /** @return {!Object} the parts of context.consent that are known */
  function signals(heard) {
    const result = {};
    if (tcf) {
      const applies = tcf['gdprApplies'];
      if (typeof applies === 'boolean') {
        result['gdprApplies'] = applies;
      }
      if (tcf['tcString']) {
        result['tcf'] = tcf['tcString'];
      }
    }
    if (gpp && gpp['gppString']) {
      result['gpp'] = gpp['gppString'];
      const ids = applicable(gpp);
      if (ids.length) {
        result['gppSid'] = ids;
      }
    }
    if (usp) {
      result['usp'] = usp;
    }
    if (heard.gpc) {
      result['gpc'] = true;
    }
    const choices = {};
    Object.keys(heard.categories || {}).forEach((name) => {
      if (heard.categories[name] !== null) {
        choices[name] = heard.categories[name];
      }
    });
    if (Object.keys(choices).length) {
      result['categoryPreferences'] = choices;
    }
    return result;
  }

  function state() {
    const groups = oneTrust(win);
    const heard = {
      gpc: on.gpc && win.navigator.globalPrivacyControl === true,
      tcf: tcf,
      gpp: gpp,
      usp: usp,
      categories: given ? Object.assign({}, groups && groups.choices, given) : groups && groups.choices,
      answered: !!given || !!groups && groups.closed
    };
    const known = decide(heard, config);
    // Whoever forbids now forbids; a permission could still be taken back by a platform that isn't there yet.
    const early = reading && (known.send || known.sync || known.rule === 'scope');
    return {
      decided: known.decided && !early,
      sync: known.sync && !early,
      send: known.send && !early,
      rule: early ? 'undecided' : known.rule,
      signals: signals(heard)
    };
  }

  function tell() {
    const now = state();
    const text = JSON.stringify(now);
    if (text !== told) {
      told = text;
      changed.forEach((callback) => callback(now));
    }
  }

  look();
  const over = () => {
    reading = false;
    look();
  };
  if (reading) {
    win.document.addEventListener('DOMContentLoaded', over);
  }
  win.addEventListener('load', over);
  win.addEventListener('OneTrustGroupsUpdated', tell);
  win.addEventListener('visibilitychange', look);
  return {
    state: state,
    onChange: (callback) => changed.push(callback),
    onDelete: (callback) => deleted.push(callback),
    give: (choices) => {
      given = Object.assign({}, given, choices);
      tell();
    }
  };
}
