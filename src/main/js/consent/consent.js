/**
 * @fileoverview What the page's consent signals allow. This form reads Global Privacy Control only.
 */

/**
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
  return {
    state() {
      const gpc = config.signals.gpc && win.navigator.globalPrivacyControl === true;
      const allowed = !gpc && config.scope === 'us';
      return {
        decided: true, sync: allowed, send: allowed, rule: gpc ? 'gpc' : 'scope ' + config.scope,
        signals: gpc ? {'gpc': true} : {}
      };
    },
    onChange() {},
    onDelete() {},
    give() {}
  };
}
