package dev.waybill.ledger;

import dev.waybill.identity.SyncFailure;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Why events had no identifier, as the ledger counts them: the codes of [SyncFailure], and [#NOT_TOLD]. The cause is
/// read from the outcome's detail, which is what the journal keeps, so that counts survive a crash and nothing new has
/// to be written for them.
public final class MissingCause {
    /// No browser told why, or it told something that is not in the list.
    public static final String NOT_TOLD = "not_told";

    /// In the order in which they are shown.
    public static final List<String> ALL = Stream.concat(
                    Arrays.stream(SyncFailure.values()).map(SyncFailure::code), Stream.of(NOT_TOLD))
            .toList();

    private static final Pattern TOLD = Pattern.compile("the ID sync failed: ([a-z_]+)");

    private MissingCause() {}

    /// The cause that a detail names; always one of [#ALL], whatever the text.
    ///
    /// @param detail of an outcome with the reason `missing_identity`
    public static String of(@Nullable String detail) {
        Matcher told = TOLD.matcher(detail == null ? "" : detail);
        return told.find() ? known(told.group(1)) : NOT_TOLD;
    }

    /// The word itself where it is in the list; [#NOT_TOLD] for one of another version.
    public static String known(String code) {
        return ALL.contains(code) ? code : NOT_TOLD;
    }
}
