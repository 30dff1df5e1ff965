package dev.waybill.attention;

/// Something that needs attention.
///
/// @param text what is the case, with its numbers, in one or two sentences; may hold names that strangers chose
/// @param link the page of the console where it is seen, with its filters, such as
///     `events?pipeline=web&integration=kargo-main&reason=missing_identity`
public record Finding(Subject subject, String text, String link) {
    public Kind kind() {
        return subject.kind();
    }
}
