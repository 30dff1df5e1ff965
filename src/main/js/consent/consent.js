/**
 * @fileoverview What the page allows: by its consent platforms, where it has any, by what its own banner was told, and
 * by the browser; now, and as that changes.
 */
import {present} from './present.js';
import {decide, OPEN} from './rules.js';

/**
 * `give`: what the site's own banner knows, `{C0004: true}`; a null says that the question is still open.
 * @typedef {{state: function(): !ConsentState, give: function(!Object)}}
 */
export let Consent;

/**
 * @param {!Window} win
 * @param {!ConsentConfig} config
 * @param {function(function(!Function), function())} load gets `createPlatforms`, or tells that it can't be had
 * @param {function(!ConsentState)} changed
 * @param {function()} deleted a person asked for deletion
 * @return {!Consent}
 */
export function createConsent(win, config, load, changed, deleted) {
  /** @type {?ConsentPlatforms} */
  let platforms = null;
  let loading = false;
  let failed = false;
  /** @type {?Object} */
  let given = null;
  let told = '';
  // A platform's script may stand below this one, or be deferred until the page is read: so long, that there is none
  // isn't known.
  let reading = win.document.readyState !== 'complete' && !win.performance.timing.domContentLoadedEventStart;

  function find() {
    if (platforms) {
      platforms.look();
    } else if (!loading && present(win, config.signals)) {
      loading = true;
      load((create) => {
        failed = false;
        platforms = create(win, config, tell, deleted);
        tell();
      }, () => {
        // The next look tries once more.
        loading = false;
        failed = true;
        tell();
      });
    }
  }

  function look() {
    find();
    tell();
  }

  /** @return {!ConsentState} */
  function state() {
    const said = platforms ? platforms.said() : {tcf: loading || failed ? OPEN : 0};
    const gpc = config.signals.gpc && win.navigator.globalPrivacyControl === true;
    const categories = given ? {...said.categories, ...given} : said.categories;
    const known = decide(
        /** @type {?} */ ({...said, gpc, categories, answered: !!given || said.answered}), config);
    // Whoever forbids now forbids; a permission could still be taken back by a platform that isn't there yet.
    const early = reading && (known.send || known.sync || known.rule === 'scope');
    const signals = {...said.signals, ...(gpc ? {'gpc': true} : {})};
    const choices = Object.entries(categories || {}).filter((choice) => choice[1] !== null);
    if (choices.length) {
      signals['categoryPreferences'] = Object.fromEntries(choices);
    }
    return {
      decided: known.decided && !early,
      asked: loading || failed || !!given,
      failed: failed,
      sync: known.sync && !early,
      send: known.send && !early,
      rule: failed && !known.decided ? 'unread' : early ? 'undecided' : known.rule,
      signals: signals,
      address: platforms ? platforms.address : (url) => url
    };
  }

  function tell() {
    const now = state();
    const text = JSON.stringify(now);
    if (text !== told) {
      told = text;
      changed(now);
    }
  }

  const over = () => {
    reading = false;
    look();
  };
  // Whoever creates this asks for the state at first; `changed` may need what isn't made yet.
  find();
  told = JSON.stringify(state());
  win.document.addEventListener('DOMContentLoaded', over);
  win.addEventListener('load', over);
  win.addEventListener('OneTrustGroupsUpdated', look);
  win.addEventListener('visibilitychange', look);
  return {
    state: state,
    give: (choices) => {
      given = {...given, ...choices};
      tell();
    }
  };
}
