package dev.waybill.console;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the file behind a path of the console. Read once each, when first asked for. Safe for threads.
final class ConsoleFiles {
    private static final String FOLDER = "/console/";
    private static final String DOCUMENT = FOLDER + "index.html";
    private static final String WEBJARS = "/META-INF/resources/webjars/";

    /// Neither a dot at a name's start nor two in a row, so that no path leads out of the folder.
    private static final Pattern OWN = Pattern.compile("icon\\.svg|(?:css|js)(?:/[a-z]+)+\\.(?:css|js)");

    private static final Pattern VENDOR =
            Pattern.compile("vendor/([a-z-]+)/((?:[A-Za-z-]+/)*[A-Za-z-]+(?:\\.[a-z]+){1,2})");

    /// Browser code of others: where its WebJar has it.
    private static final Map<String, String> LIBRARIES = Map.of(
            "lit-html", WEBJARS + "lit-html/3.3.2/",
            "uplot", WEBJARS + "uplot/1.6.30/");

    private final Map<String, ConsoleFile> read = new ConcurrentHashMap<>();

    /// The file, or the document for a path that names a page: the document's script shows what the path says.
    ///
    /// @param path behind `/console/`, decoded
    /// @return empty when the path is a file's and there is none
    Optional<ConsoleFile> find(String path) {
        if (OWN.matcher(path).matches()) {
            return resource(FOLDER + path);
        }
        Matcher vendor = VENDOR.matcher(path);
        if (vendor.matches()) {
            String library = LIBRARIES.get(vendor.group(1));
            return library == null ? Optional.empty() : resource(library + vendor.group(2));
        }
        boolean file = path.startsWith("js/") || path.startsWith("css/") || path.startsWith("vendor/");
        return file ? Optional.empty() : resource(DOCUMENT);
    }

    private Optional<ConsoleFile> resource(String name) {
        ConsoleFile known = read.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        if (ConsoleFiles.class.getResource(name) == null) {
            return Optional.empty();
        }
        return Optional.of(read.computeIfAbsent(name, ConsoleFile::of));
    }
}
