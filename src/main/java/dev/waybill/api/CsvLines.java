package dev.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/// Lines of a table for spreadsheets (RFC 4180). Texts come from strangers: one that a spreadsheet would take for a
/// formula gets an apostrophe in front.
final class CsvLines {
    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    private final OutputStream out;

    CsvLines(OutputStream out) {
        this.out = out;
    }

    void line(String... cells) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            line.append(i == 0 ? "" : ",").append(quoted(cells[i]));
        }
        out.write(line.append("\r\n").toString().getBytes(UTF_8));
    }

    private static String quoted(String cell) {
        String harmless = !cell.isEmpty() && FORMULA_STARTS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
        return harmless.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                ? '"' + harmless.replace("\"", "\"\"") + '"'
                : harmless;
    }
}
