/**
 * @fileoverview What the page's consent platforms say, now and as they change.
 */
import {withSignals} from './address.js';
import {oneTrust} from './categories.js';
import {listenGpp} from './gpp.js';
import {judged} from './judge.js';
import {listenTcf} from './tcf.js';
import {listenUsp} from './usp.js';

/**
 * @param {!Window} win
 * @param {!ConsentConfig} config
 * @param {function()} changed
 * @param {function()} deleted a person asked for deletion
 * @return {!ConsentPlatforms}
 */
export function createPlatforms(win, config, changed, deleted) {
  const on = config.signals;
  /** @type {(?Object|undefined)} */
  let tcf;
  /** @type {(?Object|undefined)} */
  let gpp;
  /** @type {(?string|undefined)} */
  let usp;
  const found = {tcf: !on.tcf, gpp: !on.gpp};
  /** @type {?function()} */
  let askUsp = null;

  /** Also finds those that are there only now. */
  function look() {
    found.tcf = found.tcf || listenTcf(win, (data) => {
      tcf = data;
      changed();
    });
    found.gpp = found.gpp || listenGpp(win, (ping) => {
      gpp = ping;
      changed();
    });
    if (on.usp && !askUsp) {
      askUsp = listenUsp(win, (text) => {
        usp = text || usp || text;
        changed();
      }, deleted);
    } else if (askUsp) {
      askUsp();
    }
  }

  /** @return {!Object} the parts of context.consent that are known */
  function signals() {
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
      // -1 too, that no section applies: without any, the server would judge by all that the string holds.
      const ids = [].concat(gpp['applicableSections'] || []).map(Number);
      if (ids.length) {
        result['gppSid'] = ids;
      }
    }
    if (usp) {
      result['usp'] = usp;
    }
    return result;
  }

  look();
  return {
    look: look,
    address: (url) => withSignals(url, config.params, signals()),
    said: () => Object.assign(judged({tcf, gpp, usp}, config), oneTrust(win), {signals: signals()})
  };
}
