package dev.waybill.transform;

import dev.waybill.event.LetterCase;
import dev.waybill.json.Json;
import org.jspecify.annotations.Nullable;

/// Email addresses as ad platforms want them before hashing: trimmed and in lower case, nothing else. Dots and `+tags`
/// stay: only some mail hosts ignore them.
final class EmailAddress {
    private static final int MAX = 254;
    private static final int MAX_LOCAL = 64;
    private static final int MAX_LABEL = 63;
    private static final String NEVER_IN_LOCAL = "<>()[]\\,;:\"@";

    private EmailAddress() {}

    static @Nullable Json normalise(String text, Budget budget, Transform.Misfit misfit) {
        String trimmed = WhiteSpace.trim(text);
        if (!looksRight(trimmed)) {
            misfit.because("found a text that is no email address");
            return null;
        }
        return new Json.Str(LetterCase.lower(trimmed));
    }

    private static boolean looksRight(String address) {
        int at = address.lastIndexOf('@');
        return address.length() <= MAX
                && at > 0
                && at <= MAX_LOCAL
                && isLocal(address, at)
                && isDomain(address, at + 1);
    }

    private static boolean isLocal(String address, int end) {
        for (int i = 0; i < end; i++) {
            char c = address.charAt(i);
            if (WhiteSpace.is(c) || Character.isISOControl(c) || NEVER_IN_LOCAL.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    /// At least two labels of letters, digits and inner hyphens, in any script.
    private static boolean isDomain(String address, int start) {
        String[] labels = address.substring(start).split("\\.", -1);
        for (String label : labels) {
            boolean fits = !label.isEmpty()
                    && label.length() <= MAX_LABEL
                    && !label.startsWith("-")
                    && !label.endsWith("-")
                    && label.codePoints().allMatch(EmailAddress::standsInDomain);
            if (!fits) {
                return false;
            }
        }
        return labels.length >= 2;
    }

    private static boolean standsInDomain(int c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || c == '-'
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
