package dev.waybill.transform;

/// Guesses how large a pattern's program gets before it is compiled: `((a{1000}){1000}){1000}` would take the whole
/// memory. Rather too large than too small; never fails, whatever the pattern.
final class PatternSize {
    private static final long LARGE = 1_000_000_000;

    private final String pattern;
    private final long[] outer;
    private int depth;
    private int at;
    private long sum;
    private long last;

    private PatternSize(String pattern) {
        this.pattern = pattern;
        this.outer = new long[pattern.length() + 1];
    }

    /// About how many instructions the pattern takes.
    static long of(String pattern) {
        PatternSize size = new PatternSize(pattern);
        while (size.at < pattern.length()) {
            size.step();
        }
        while (size.depth > 0) {
            size.close();
        }
        return size.sum;
    }

    private void step() {
        switch (pattern.charAt(at)) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> {
                outer[depth++] = sum;
                sum = 0;
                last = 0;
                at++;
            }
            case ')' -> {
                close();
                at++;
            }
            case '{' -> repeat();
            default -> atom(1);
        }
    }

    private void atom(int length) {
        last = 1;
        sum = Math.min(LARGE, sum + 1);
        at += length;
    }

    private void close() {
        if (depth > 0) {
            last = sum + 2;
            sum = Math.min(LARGE, outer[--depth] + last);
        }
    }

    private void escape() {
        boolean braces = pattern.startsWith("p{", at + 1)
                || pattern.startsWith("P{", at + 1)
                || pattern.startsWith("x{", at + 1);
        int end = braces ? pattern.indexOf('}', at) : -1;
        atom(end < 0 ? 2 : end + 1 - at);
    }

    private void characterClass() {
        int i = at + 1;
        i += pattern.startsWith("^", i) ? 1 : 0;
        i += pattern.startsWith("]", i) ? 1 : 0;
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            if (pattern.startsWith("[:", i) && pattern.indexOf(":]", i) > 0) {
                i = pattern.indexOf(":]", i) + 2;
            } else {
                i += pattern.charAt(i) == '\\' ? 2 : 1;
            }
        }
        atom(i + 1 - at);
    }

    /// `{3}`, `{3,}`, `{3,5}`; anything else in braces is literal.
    private void repeat() {
        int end = pattern.indexOf('}', at);
        String inside = end < 0 ? "" : pattern.substring(at + 1, end);
        if (!inside.matches("[0-9]{1,6}(,[0-9]{0,6})?")) {
            atom(1);
            return;
        }
        long most = 1;
        for (String count : inside.split(",", 0)) {
            most = Math.max(most, Long.parseLong(count) + 1);
        }
        // An optional repetition takes an instruction more.
        long repeated = Math.min(LARGE, (last + 1) * most);
        sum = Math.min(LARGE, sum - last + repeated);
        last = repeated;
        at = end + 1;
    }
}
