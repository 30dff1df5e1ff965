/**
 * @fileoverview What the sections of a GPP string say, as `parsedSections` shows them. Mirrors what Prebid's US rules
 * refuse: an opt-out, a notice not given, a choice without notice, a child's data, Global Privacy Control.
 */

/**
 * The states of the sections from 8 on; 7 is the whole US. Those after Tennessee's 22 the server can't read, and so they
 * deny on both sides.
 */
const STATES = 'cavacoutctflmtortxdeianenhnjtn';

/**
 * @param {!Object} section
 * @return {boolean} whether a section of a US state, or of the whole US, refuses
 */
function refuses(section) {
  const says = (name, value) => section[name] === value;
  return says('Gpc', true) || says('Gpc', 1) || says('MspaServiceProviderMode', 1) || says('SharingNotice', 2) ||
      says('PersonalDataConsents', 2) || says('MspaCoveredTransaction', 0) ||
      [].concat(section['KnownChildSensitiveDataConsents'] || 0).some((value) => value !== 0) ||
      ['Sale', 'Sharing', 'TargetedAdvertising'].some((what) => {
        const choice = what + 'OptOut';
        return says(choice, 1) || says(choice + 'Notice', 2) || says(choice, 2) && says(choice + 'Notice', 0);
      });
}

/**
 * @param {!Object} ping `pingData`
 * @param {string} name the API's, such as `usnat`
 * @return {!Object|null} the section with its sub-sections in one object; null when it isn't there
 */
export function section(ping, name) {
  const all = ping['parsedSections'] || {};
  const found = all[name] || all[name + 'v1'];
  return found ? Object.assign.apply(null, [{}].concat(found)) : null;
}

/**
 * @param {!Object} ping
 * @return {!Array<number>} the ids of the sections that apply
 */
export function applicable(ping) {
  return [].concat(ping['applicableSections'] || []).map(Number).filter((id) => id > 0);
}

/**
 * @param {string} text a US Privacy string
 * @return {boolean} whether the sale is opted out, or the text none of version 1
 */
export function optedOut(text) {
  return !/^1[YN-][N-][YN-]$/i.test(text);
}

/**
 * @param {*} ids numbers, or whether each from 1 on is meant
 * @return {!Object<number, boolean>}
 */
function set(ids) {
  const result = {};
  [].concat(ids || []).forEach((id, i) => {
    if (id) {
      result[id === true ? i + 1 : id] = true;
    }
  });
  return result;
}

/**
 * @param {!Object} found the section `tcfeuv2`
 * @return {!Object} the same in the form of TCData
 */
export function european(found) {
  const limits = {};
  [].concat(found['PublisherRestrictions'] || []).forEach((entry) => {
    const vendors = limits[entry['key']] = limits[entry['key']] || {};
    Object.keys(set(entry['ids'])).forEach((vendor) => {
      // 0 is the strictest; of two on one purpose it counts.
      vendors[vendor] = vendors[vendor] === 0 ? 0 : entry['type'];
    });
  });
  const disclosed = [].concat(found['VendorsDisclosed'] || []);
  return {
    'tcString': '-',
    'isServiceSpecific': found['IsServiceSpecific'],
    'purpose': {'consents': set(found['PurposeConsents'] || found['PurposeConsent'])},
    'vendor': {
      'consents': set(found['VendorConsents'] || found['VendorConsent']),
      // Where the string has no such segment the list is there and empty.
      'disclosedVendors': disclosed.length ? set(disclosed) : undefined
    },
    'publisher': {'restrictions': limits}
  };
}

/**
 * @param {!Object} ping
 * @return {boolean} whether a section that applies refuses, or can't be read
 */
export function refusedInUs(ping) {
  return applicable(ping).some((id) => {
    if (id === 2) {
      return false;
    }
    if (id === 6) {
      const us = section(ping, 'uspv1');
      return !us || us['OptOutSale'] !== 'N' && us['OptOutSale'] !== '-';
    }
    const found = section(ping, id === 7 ? 'usnat' : id > 7 ? 'us' + STATES.substr(id * 2 - 16, 2) : '-');
    return !found || refuses(found);
  });
}
