package dev.waybill.cli;

import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a person at a terminal sees.
final class Terminal {
    private Terminal() {}

    /// Whether somebody watches.
    static boolean watched() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /// Text from strangers without what could steer the terminal, at most that long.
    static String harmless(@Nullable String text, int longest) {
        if (text == null) {
            return "";
        }
        String plain = text.replaceAll("\\p{Cntrl}|\\p{Cf}", "?");
        return plain.length() <= longest ? plain : plain.substring(0, longest - 1) + "…";
    }
}
