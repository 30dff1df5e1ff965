package dev.waybill.consent;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes TC strings of version 2 for tests: IAB's library for Java only reads them, as far as we have it.
public final class TcStrings {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final StringBuilder bits = new StringBuilder();

    /// A string that says so.
    ///
    /// @param disclosed null: no such segment
    public static String write(
            Set<Integer> purposes,
            List<Integer> vendors,
            Map<Integer, Integer> restrictions,
            boolean serviceSpecific,
            boolean purposeOneTreatment,
            @Nullable Collection<Integer> disclosed) {
        TcStrings core = new TcStrings()
                .number(6, 2)
                .number(36, 17_000_000_000L)
                .number(36, 17_000_000_000L)
                .number(12, 10)
                .number(12, 1)
                .number(6, 1)
                .number(6, 4)
                .number(6, 13)
                .number(12, 100)
                .number(6, 4)
                .number(1, serviceSpecific ? 1 : 0)
                .number(1, 0)
                .number(12, 0);
        for (int purpose = 1; purpose <= 24; purpose++) {
            core.number(1, purposes.contains(purpose) ? 1 : 0);
        }
        core.number(24, 0)
                .number(1, purposeOneTreatment ? 1 : 0)
                .number(6, 4)
                .number(6, 13)
                .vendors(vendors)
                .vendors(List.of())
                .number(12, restrictions.size());
        restrictions.forEach((purpose, type) -> core.number(6, purpose)
                .number(2, type)
                .number(12, 1)
                .number(1, 0)
                .number(16, 972));
        String text = core.text();
        return disclosed == null
                ? text
                : text + "." + new TcStrings().number(3, 1).vendors(disclosed).text();
    }

    private TcStrings vendors(Collection<Integer> vendors) {
        int max = vendors.stream().mapToInt(one -> one).max().orElse(0);
        number(16, max).number(1, 0);
        for (int vendor = 1; vendor <= max; vendor++) {
            number(1, vendors.contains(vendor) ? 1 : 0);
        }
        return this;
    }

    private TcStrings number(int count, long value) {
        for (int i = count - 1; i >= 0; i--) {
            bits.append(value >> i & 1);
        }
        return this;
    }

    private String text() {
        while (bits.length() % 24 != 0) {
            bits.append('0');
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bits.length(); i += 6) {
            text.append(ALPHABET.charAt(Integer.parseInt(bits.substring(i, i + 6), 2)));
        }
        return text.toString();
    }
}
