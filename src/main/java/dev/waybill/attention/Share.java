package dev.waybill.attention;

/// How often something happened among so many events, and what that says about how often it does: Wilson's interval,
/// which holds for small numbers too. Pure.
///
/// Events don't come one by one: a visitor brings several, all alike in what they lack. So ten events are taken for
/// one when it is asked what could be chance.
///
/// @param count 0 to `of`
record Share(long count, long of) {
    /// The interval leaves one in 2,000 out on each side.
    private static final double Z = 3.29;

    private static final double ALIKE = 10;

    double share() {
        return of == 0 ? 0 : (double) count / of;
    }

    /// Below this it hardly is.
    double least() {
        return bound(-1);
    }

    /// Above this it hardly is.
    double most() {
        return bound(1);
    }

    private double bound(int side) {
        if (of == 0) {
            return side < 0 ? 0 : 1;
        }
        double n = of / ALIKE;
        double p = share();
        double centre = p + Z * Z / (2 * n);
        double spread = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        return Math.clamp((centre + side * spread) / (1 + Z * Z / n), 0, 1);
    }
}
