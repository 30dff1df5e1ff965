package dev.waybill.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Where a verb gets a password from: never from its arguments, which other users of the machine can see.
@FunctionalInterface
interface PasswordSource {
    /// The longest line that is read, in characters.
    int LONGEST = 4096;

    /// Asks for one.
    ///
    /// @throws CannotRunException when there is none, or two typed ones differ
    String read() throws IOException;

    /// A person at a terminal is asked twice, without echo; otherwise the first line of standard input, UTF-8.
    PasswordSource USUAL = PasswordSource::asked;

    // From JDK 25 on there is no console again where standard input is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static String asked() throws IOException {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            return typed(console);
        }
        var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        return line(new BufferedReader(new InputStreamReader(System.in, decoder)));
    }

    private static String typed(Console console) {
        char[] first = console.readPassword("Password: ");
        char[] second = first == null ? null : console.readPassword("The same again: ");
        if (first == null || second == null) {
            throw new CannotRunException("No password was typed; nothing was changed.");
        }
        if (!Arrays.equals(first, second)) {
            throw new CannotRunException("The two passwords differ; nothing was changed, try again.");
        }
        return new String(first);
    }

    /// The first line, without its end.
    static String line(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LONGEST; c = in.read()) {
            line.append((char) c);
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        if (line.isEmpty()) {
            throw new CannotRunException("There is no password on standard input; give it as one line, or run this at a"
                    + " terminal. Nothing was changed.");
        }
        return line.toString();
    }
}
