/// Tells people of what needs attention, by one signed webhook that Slack takes too. docs/alerts.md is for them.
///
/// [dev.waybill.alert.AlertBook] is what keeps it from flooding, a pure state machine: one message when something has
/// been the case for a minute, one when it has not been for a while, nothing between; what cannot be judged now stays
/// as it is. [dev.waybill.alert.Alerts] drives it every 15 seconds from the same rules as the overview, sends at most
/// one message a minute with everything that is due, tries again with growing distances until the receiver takes it,
/// and keeps what was told in `<data>/alerts-state.json`, so that a restart repeats nothing. The webhook's URL is a
/// secret: it stands in `<data>/alerts.json` only, and is shown by its host.
///
/// Threading: [dev.waybill.alert.Alerts] has a thread of its own; its public methods are safe for threads.
@NullMarked
package dev.waybill.alert;

import org.jspecify.annotations.NullMarked;
