/**
 * @fileoverview What the sections of a GPP string say, as `parsedSections` shows them. Mirrors what Prebid's US rules
 * refuse: an opt-out, a notice not given, a choice without notice, a child's data, Global Privacy Control.
 */

const OPT_OUTS = [
  ['SaleOptOut', 'SaleOptOutNotice'], ['SharingOptOut', 'SharingOptOutNotice'],
  ['TargetedAdvertisingOptOut', 'TargetedAdvertisingOptOutNotice']
];

/** The API's names of the sections from 7 on. */
const US = 'usnat usca usva usco usut usct usfl usmt usor ustx usde usia usne usnh usnj ustn usmn usmd usin usky usri'
    .split(' ');

/**
 * @param {!Object} section
 * @return {boolean} whether a section of a US state, or of the whole US, refuses
 */
function refuses(section) {
  const child = section['KnownChildSensitiveDataConsents'];
  return section['Gpc'] === true || section['Gpc'] === 1 || section['MspaServiceProviderMode'] === 1 ||
      section['SharingNotice'] === 2 || section['PersonalDataConsents'] === 2 ||
      section['MspaCoveredTransaction'] === 0 ||
      [].concat(child == null ? [] : child).some((value) => value !== 0) ||
      OPT_OUTS.some(([choice, notice]) => section[choice] === 1 || section[notice] === 2 ||
          section[choice] === 2 && section[notice] === 0);
}

/**
 * @param {!Object} ping `pingData`
 * @param {string} name the API's, such as `usnat`
 * @return {!Object|null} the section with its sub-sections in one object; null when it isn't there
 */
export function section(ping, name) {
  const all = ping['parsedSections'] || {};
  const found = all[name] || all[name + 'v1'];
  const parts = [].concat(found || []).filter((part) => part && typeof part === 'object');
  return parts.length ? Object.assign.apply(null, [{}].concat(parts)) : null;
}

/**
 * @param {!Object} ping
 * @return {!Array<number>} the ids of the sections that apply
 */
export function applicable(ping) {
  return [].concat(ping['applicableSections'] || []).map(Number).filter((id) => id > 0);
}

/**
 * @param {!Object} ping
 * @return {boolean} whether a US section that applies refuses, or can't be read
 */
export function refusedInUs(ping) {
  return applicable(ping).some((id) => {
    const found = section(ping, US[id - 7] || '');
    return id >= 7 && (!found || refuses(found));
  });
}
