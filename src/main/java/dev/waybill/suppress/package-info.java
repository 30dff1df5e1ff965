/// Who must not be tracked: [dev.waybill.suppress.Suppressions] holds those who asked for no further events, for good;
/// [dev.waybill.suppress.Withdrawals] those who took back their consent, for the events that came before. Both outlive
/// the log, both hold no personal data but hashes of identifiers, and both are durable before they are answered.
///
/// Lanes ask both before every attempt, from their own threads and without a lock.
@NullMarked
package dev.waybill.suppress;

import org.jspecify.annotations.NullMarked;
