// One case of the shared table, as the platforms of a page would tell it, decided by the browser's rules.
window.decideCase = async (given, scope, category, undecided) => {
  const {decide, OPEN} = await import('/js/consent/rules.js');
  const {judged} = await import('/js/consent/judge.js');
  const set = (ids) => Object.fromEntries(ids.map((id) => [id, true]));
  let tcf;
  if ('gdprApplies' in given || given.tcf) {
    tcf = {gdprApplies: given.gdprApplies};
    const said = given.tcf;
    if (said) {
      const limits = Object.entries(said.restrictions || {}).map(([purpose, type]) => [purpose, {972: type}]);
      Object.assign(tcf, {
        tcString: 'C', isServiceSpecific: said.serviceSpecific, purpose: {consents: set(said.purposes)},
        vendor: {consents: set(said.vendors), disclosedVendors: said.disclosed && set(said.disclosed)},
        publisher: {restrictions: Object.fromEntries(limits)}
      });
    }
  }
  const europe = (said) => ({
    PurposeConsents: said.purposes, VendorConsents: said.vendors, IsServiceSpecific: said.serviceSpecific,
    VendorsDisclosed: said.disclosed || [],
    PublisherRestrictions: Object.entries(said.restrictions || {}).map(([key, type]) => ({key: +key, type, ids: [972]}))
  });
  let gpp;
  if (given.gpp) {
    const {sid, ...sections} = given.gpp;
    const parsed = Object.entries(sections).map(([name, value]) => [name, [
      name === 'uspv1' ? {Version: 1, Notice: value[1], OptOutSale: value[2], LspaCovered: value[3]} :
        name === 'tcfeuv2' ? europe(value) : value]]);
    gpp = {applicableSections: sid, parsedSections: Object.fromEntries(parsed)};
  }
  const config = {scope, category, signals: {tcf: true, gpp: true, usp: true, gpc: true}, vendor: 972,
    purposes: [1, 2, 3, 4, 7, 9, 10], waitMs: 0};
  const found = decide(Object.assign(judged({tcf, gpp, usp: given.usp}, config),
      {gpc: given.gpc === true, categories: given.categories, answered: true},
      undecided ? {tcf: OPEN} : {}), config);
  return {decided: found.decided, sync: found.sync, send: found.send, rule: found.rule};
};
// Every case that comes out otherwise than the table says.
window.differences = async (table) => {
  const result = [];
  for (const each of table) {
    const found = await decideCase(each.given, each.scope, each.category);
    if (found.sync !== each.sync.allowed || found.send !== each.send.allowed ||
        !found.send && found.rule !== each.send.rule) {
      result.push(each.name + ': ' + JSON.stringify(found));
    }
  }
  return result;
};
// Every case that allows something, or counts as decided though nothing else denies all, while a TCF platform is open.
window.allowedWhileUndecided = async (table) => {
  const result = [];
  for (const each of table) {
    const {tcf, gdprApplies, ...given} = each.given;
    const others = await decideCase(given, 'us', each.category);
    const found = await decideCase(given, each.scope, each.category, true);
    if (found.sync || found.send || found.decided && (others.sync || others.send)) {
      result.push(each.name + ': ' + JSON.stringify(found));
    }
  }
  return result;
};
