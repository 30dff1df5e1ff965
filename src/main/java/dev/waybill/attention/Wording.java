package dev.waybill.attention;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// How numbers and lists stand in a finding's sentences. Pure.
final class Wording {
    /// How many of a list are named.
    static final int SHOWN = 3;
    private static final int NAME = 60;

    private Wording() {}

    /// `12,400`.
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `12.4 %`, `0.3 %`, `40 %`.
    static String percent(double share) {
        double percent = share * 100;
        return percent >= 10 || percent == 0
                ? Math.round(percent) + " %"
                : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    /// `45 seconds`, `12 minutes`, `3 hours`, `4 days`: the largest unit of which there are two.
    static String span(long millis) {
        Duration span = Duration.ofMillis(Math.max(0, millis));
        if (span.toDays() >= 2) {
            return span.toDays() + " days";
        }
        if (span.toHours() >= 2) {
            return span.toHours() + " hours";
        }
        return span.toMinutes() >= 2 ? span.toMinutes() + " minutes" : span.toSeconds() + " seconds";
    }

    /// `450 MB`, `1.2 GB`.
    static String bytes(long bytes) {
        return bytes < 1_000_000_000 ? bytes / 1_000_000 + " MB" : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    /// `1 event`, `12 events`.
    static String count(long count, String one, String more) {
        return number(count) + " " + (count == 1 ? one : more);
    }

    /// A name as it may stand in a sentence, cut when it is long.
    static String name(String name) {
        if (name.length() <= NAME) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(NAME - 1)) ? NAME - 1 : NAME;
        return name.substring(0, end) + "…";
    }

    /// `a, b, c and 2 more`.
    static String list(List<String> all) {
        return list(all.subList(0, Math.min(SHOWN, all.size())), all.size());
    }

    /// The same of a list of which only the beginning is given.
    static String list(List<String> shown, int all) {
        String named = String.join(", ", shown);
        return all <= shown.size() ? named : named + " and " + number(all - shown.size()) + " more";
    }
}
