package dev.waybill.access;

/// Identifiers of people as they may stand in journals and logs.
public final class Shortened {
    private static final int MOST = 6;

    private Shortened() {}

    /// The beginning of an identifier: at most 6 characters and never more than half of it, then `…`.
    public static String of(String identifier) {
        int length = identifier.codePointCount(0, identifier.length());
        int kept = Math.min(MOST, length / 2);
        return identifier.substring(0, identifier.offsetByCodePoints(0, kept)) + "…";
    }
}
