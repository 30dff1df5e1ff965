package dev.waybill.mask;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/// What looks like an identifier anywhere in a text, whatever its key is called. Every pattern runs in linear time:
/// the texts are strangers'.
final class Patterns {
    /// Times in seconds and milliseconds of the epoch are no phone numbers.
    private static final Pattern TIME = Pattern.compile("1[4-9][0-9]{8}([0-9]{3})?");

    private static final List<Look> LOOKS = List.of(
            new Look(5, "[\\p{L}\\p{N}._+'-]+(@|%40)[\\p{L}\\p{N}-]+(\\.[\\p{L}\\p{N}-]+)+", Fakes::email),
            new Look(12, "eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*)?", Fakes::shaped),
            new Look(36, "(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Fakes::hex),
            new Look(32, "(?i)[0-9a-f]{32,}", Fakes::hex),
            new Look(7, "(?i)([0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}", Fakes::ipv6, Patterns::standsAlone),
            new Look(
                    5,
                    "(?i)([0-9a-f]{1,4}:){1,6}:([0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4}",
                    Fakes::ipv6,
                    Patterns::standsAlone),
            new Look(7, "[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}", Fakes::ipv4, Patterns::isAddress),
            new Look(9, "(\\+|%2[Bb])[0-9]([ ().-]{0,2}[0-9]){7,14}", Fakes::shaped, Patterns::noDigitBeside),
            new Look(12, "\\(?[0-9]{3}\\)?[ .-]{1,2}[0-9]{3}[ .-][0-9]{4}", Fakes::shaped, Patterns::noDigitBeside),
            new Look(7, "0[0-9]{2,4}[ /-][0-9]{3,8}([ -][0-9]{2,6}){0,3}", Fakes::shaped, Patterns::noDigitBeside),
            new Look(10, "[0-9]{10,19}", Fakes::shaped, Patterns::noTime));

    /// Whether what was found, by what stands around it, is meant.
    @FunctionalInterface
    private interface Check {
        boolean holds(String text, int start, int end);
    }

    /// @param shortest nothing shorter can match: most texts are passed over by that alone
    private record Look(int shortest, Pattern pattern, Fakes.Draw draw, Check check) {
        private Look(int shortest, String regex, Fakes.Draw draw) {
            this(shortest, regex, draw, (_, _, _) -> true);
        }

        private Look(int shortest, String regex, Fakes.Draw draw, Check check) {
            this(shortest, Pattern.compile(regex), draw, check);
        }

        private void mask(MaskedText.Raw raw, Fakes fakes) {
            String text = raw.text();
            if (text.length() < shortest) {
                return;
            }
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                if (check.holds(text, matcher.start(), matcher.end())) {
                    raw.put(matcher.start(), matcher.end(), fakes.of(matcher.group(), draw));
                }
            }
        }

        private boolean isWhole(String text) {
            return text.length() >= shortest && pattern.matches(text) && check.holds(text, 0, text.length());
        }
    }

    private Patterns() {}

    /// Puts a fake in each place of the text that looks like an identifier.
    static void mask(MaskedText text, Fakes fakes) {
        for (Look look : LOOKS) {
            text.replace(raw -> look.mask(raw, fakes));
        }
    }

    /// How to draw a fake for a text that is one of these as a whole.
    static Optional<Fakes.Draw> whole(String text) {
        return LOOKS.stream().filter(look -> look.isWhole(text)).map(Look::draw).findFirst();
    }

    private static boolean standsAlone(String text, int start, int end) {
        return !isWord(text, start - 1) && !isWord(text, end);
    }

    private static boolean isWord(String text, int at) {
        return at >= 0 && at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == ':');
    }

    /// A product's version, as in `Chrome/120.0.0.0`, is no address.
    private static boolean isAddress(String text, int start, int end) {
        boolean version =
                start > 1 && text.charAt(start - 1) == '/' && isWord(text, start - 2) && text.charAt(start - 2) != ':';
        if (version || !noDigitBeside(text, start, end)) {
            return false;
        }
        for (String part : text.substring(start, end).split("\\.", -1)) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean noDigitBeside(String text, int start, int end) {
        return !isDigit(text, start - 1)
                && !isDigit(text, end)
                && !(start > 1 && text.charAt(start - 1) == '.' && isDigit(text, start - 2));
    }

    private static boolean isDigit(String text, int at) {
        return at >= 0 && at < text.length() && Character.isDigit(text.charAt(at));
    }

    private static boolean noTime(String text, int start, int end) {
        return noDigitBeside(text, start, end) && !TIME.matches(text.substring(start, end));
    }
}
