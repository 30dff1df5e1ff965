package dev.waybill.attention;

/// Which integrations somebody confirmed with their destination. Safe for threads.
@FunctionalInterface
public interface Confirmations {
    /// Where nobody is asked to confirm anything.
    Confirmations NOT_ASKED = integration -> true;

    boolean confirmed(String integration);
}
