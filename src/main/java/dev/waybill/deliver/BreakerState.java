package dev.waybill.deliver;

/// The states of a [Breaker]. Times are nanoseconds of the clock that the breaker is told.
public sealed interface BreakerState {
    /// Everything may be sent.
    ///
    /// @param failures in a row, without a sign of life between
    record Closed(int failures) implements BreakerState {}

    /// Nothing may be sent before the next probe is due.
    ///
    /// @param probes that failed since it opened
    record Open(int probes, long nextProbeAt) implements BreakerState {}

    /// One probe is under way, and nothing else may be sent.
    ///
    /// @param probes that failed before this one
    record HalfOpen(int probes) implements BreakerState {}
}
