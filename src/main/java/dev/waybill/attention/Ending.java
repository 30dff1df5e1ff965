package dev.waybill.attention;

/// How something that was found came to its end.
///
/// @param recovered whether all is well again; false when it is no longer found for another cause, such as a lane that
///     was switched off: that may be told, but not as a recovery
/// @param text what is the case now; no sentence of its own. May hold names that strangers chose
public record Ending(boolean recovered, String text) {
    /// What there is to say of most.
    public static Ending usual(Kind kind) {
        return new Ending(true, kind.recovered());
    }
}
