/// What the consent signals on an event allow. [dev.waybill.consent.ConsentRules] asks its rules one after the other;
/// the first that denies gives the detail. A rule is one small class, and a new kind of signal is a new one.
///
/// Pure: no I/O, no clock. Everything is immutable and safe for threads. Signals come from browsers: whatever can't be
/// read never allows more than its absence would. docs/consent.md tells the rules and their order.
@NullMarked
package dev.waybill.consent;

import org.jspecify.annotations.NullMarked;
