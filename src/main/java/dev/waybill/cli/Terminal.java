package dev.waybill.cli;

import java.io.Console;
import java.util.Optional;

/// What a person at a terminal sees.
final class Terminal {
    private Terminal() {}

    /// Whether somebody watches.
    static boolean watched() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /// Whether results may be coloured: somebody watches, and neither the option nor `NO_COLOR` says no.
    static boolean coloured(boolean noColor) {
        String wish = System.getenv("NO_COLOR");
        return !noColor && (wish == null || wish.isEmpty()) && watched();
    }
}
