package dev.waybill.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The table under a heading of a Markdown file.
///
/// @param rows cells without the marks of code around the first one
public record DocTable(List<List<String>> rows) {
    /// Reads it.
    ///
    /// @param heading without its `#`; the first table behind it counts
    public static DocTable of(String file, String heading) {
        List<String> behind = lines(file).stream()
                .dropWhile(line -> !line.matches("#+ " + java.util.regex.Pattern.quote(heading)))
                .skip(1)
                .takeWhile(line -> !line.startsWith("#"))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .toList();
        if (behind.isEmpty()) {
            throw new AssertionError(file + " has no table under '" + heading + "'");
        }
        return new DocTable(behind.stream().map(DocTable::cells).toList());
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1, row.lastIndexOf('|')).split("(?<=\\s)\\|(?=\\s)", -1))
                .map(String::strip)
                .toList();
    }

    /// A cell that is one piece of code, without its marks; any other cell as it is.
    public static String code(String cell) {
        return cell.matches("`[^`]*`") ? cell.substring(1, cell.length() - 1) : cell;
    }

    public List<String> firstCells() {
        return rows.stream().map(row -> code(row.getFirst())).toList();
    }
}
