/// Sends requests to a destination, and knows when not to.
///
/// One [dev.waybill.deliver.Sender] per lane with connections of its own, so that a destination that hangs slows
/// nobody else. A send is one attempt: nothing is retried, redirected or remembered here. It ends within its deadline
/// whatever the destination does, and costs bounded memory whatever it answers.
///
/// [dev.waybill.deliver.Breaker], [dev.waybill.deliver.RateLimiter], [dev.waybill.deliver.Backoff] and
/// [dev.waybill.deliver.RetryAfter] say when the next attempt is due. They are told the time and never sleep; the
/// lane's loop does the waiting. The first two belong to one thread (or the lane's lock); everything else here is safe
/// for threads.
@NullMarked
package dev.waybill.deliver;

import org.jspecify.annotations.NullMarked;
