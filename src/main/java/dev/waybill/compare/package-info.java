/// Two revisions of one integration over the same events: what the one makes of them and the other makes otherwise.
///
/// ```
/// LogRecord ─┬─ revision "from" ─ line ─┐
///            └─ revision "to"   ─ line ─┴─ differences ─> counts by outcome, key and notice, with some examples
/// ```
///
/// Pure: events come in one at a time, and the lines compared are those that `map` prints, made by the server's own
/// code. Memory is bounded however many events and names there are: beyond a number of rows the rest is only counted.
@NullMarked
package dev.waybill.compare;

import org.jspecify.annotations.NullMarked;
