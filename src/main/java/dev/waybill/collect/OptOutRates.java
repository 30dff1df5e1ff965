package dev.waybill.collect;

import dev.waybill.http.Refusal;

/// Limits how often browsers opt out: those of one address, and all together. An address costs little, and each opt-out
/// stays in memory and on disk for good, so the limit of one address alone bounds nothing. Loopback too counts among
/// all. Safe for threads.
final class OptOutRates {
    /// Far more than visitors click, and few enough for each to be forced to the disk.
    static final int PER_SECOND = 50;

    /// Over all addresses at once after a rest: a campaign's mail sends many people to one page.
    static final int BURST = 1_000;

    private final AddressRates each = new AddressRates(AddressRates.Limit.OPT_OUTS);
    private final TokenBucket all;

    /// @param now milliseconds of the epoch
    OptOutRates(long now) {
        this.all = new TokenBucket(PER_SECOND, BURST, now);
    }

    /// @param now milliseconds of the epoch
    /// @throws Refusal 429 when that address, or all together, come too often
    void check(String address, long now) {
        // What one address is refused must take nothing from the others.
        each.check(address, now);
        long wait = all.take(1, PER_SECOND, BURST, now);
        if (wait > 0) {
            throw new Refusal(
                    429,
                    "rate_limited",
                    "more than %d browsers a second opt out here; send again later".formatted(PER_SECOND),
                    Math.toIntExact((wait + 999) / 1000));
        }
    }
}
