package dev.waybill.attention;

/// Something that needs attention.
///
/// @param text what is the case, with its numbers, in one or two sentences; may hold names that strangers chose
/// @param link the page of the console where it is seen, with its filters, such as
///     `events?pipeline=web&integration=kargo-main&reason=missing_identity`
/// @param advice what to do
public record Finding(Subject subject, String text, String link, String advice) {
    /// With the kind's own advice.
    public Finding(Subject subject, String text, String link) {
        this(subject, text, link, subject.kind().advice());
    }

    public Kind kind() {
        return subject.kind();
    }
}
