/**
 * @fileoverview Whether the identifier may be synced and events be sent, by what is known of consent. The server asks
 * the same rules in the same order under the same names, of the signals on the event; a table of cases holds both equal.
 * What a platform's answer comes to is worked out in `judge.js`, which a page without platforms never loads.
 */

// What a rule answers: the sum of what it has to say.
export const SYNC = 1;
export const SEND = 2;
export const ALL = SYNC + SEND;
export const OPEN = 4;

/**
 * What is known. `tcf`, `gpp` and `usp` are what the rules of that name answer; absent: nothing. `european`: something
 * was said of the GDPR. `categories` are the choices made; a null among them, or in their place, is a question still
 * open. `answered`: somebody closed the banner.
 * @typedef {{gpc: boolean, tcf: (number|undefined), gpp: (number|undefined), usp: (number|undefined),
 *     european: (boolean|undefined), categories: (?Object|undefined), answered: (boolean|undefined)}}
 */
export let Heard;

/** @typedef {{decided: boolean, sync: boolean, send: boolean, rule: string}} */
export let Decision;

/**
 * @param {!Heard} heard
 * @param {!ConsentConfig} config
 * @return {number}
 */
function category(heard, config) {
  const asked = heard.categories === undefined ? [] : config.category;
  const choices = heard.categories;
  if (asked.every((name) => choices && choices[name] === true)) {
    return 0;
  }
  return choices && heard.answered && asked.every((name) => choices[name] !== null) ? ALL : OPEN;
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
  const ask = (name, found) => {
    if (found & ALL && (!rule || found & SEND && !(denied & SEND))) {
      rule = name;
    }
    denied |= found & ALL;
    open |= found & OPEN;
  };
  ask('gpc', heard.gpc ? ALL : 0);
  ask('tcf', heard.tcf);
  ask('gpp', heard.gpp);
  ask('usp', heard.usp);
  ask('category', category(heard, config));
  // While a question is open, silence is none yet. What was said and denies nothing allows.
  ask('scope', open || config.scope !== 'gdpr' || heard.european || config.category.length && heard.categories ? 0 : ALL);
  const decided = !open || denied === ALL;
  return {
    decided: decided,
    sync: decided && !(denied & SYNC),
    send: decided && !(denied & SEND),
    rule: decided ? rule || 'allowed' : 'undecided'
  };
}
