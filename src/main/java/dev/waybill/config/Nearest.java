package dev.waybill.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what a person probably meant.
public final class Nearest {
    private Nearest() {}

    /// The known name nearest to the one found, when it is near enough to be a slip: a third of its letters, at least
    /// 1.
    public static Optional<String> of(String found, Collection<String> known) {
        int allowed = Math.max(1, found.length() / 3);
        return known.stream()
                // Also keeps a stranger's long text from being worked on at all.
                .filter(name -> Math.abs(name.length() - found.length()) <= allowed)
                .filter(name -> distance(found, name) <= allowed)
                .min(Comparator.<String>comparingInt(name -> distance(found, name))
                        .thenComparing(name -> name));
    }

    /// ` Did you mean 'x'?`, or nothing.
    public static String hint(String found, Collection<String> known) {
        return of(found, known).map(name -> " Did you mean '" + name + "'?").orElse("");
    }

    /// Levenshtein's distance, letter case aside; two neighbours that changed places count as one slip.
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < last.length; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
