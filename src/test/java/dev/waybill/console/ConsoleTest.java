package dev.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.http.Listener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsoleTest {
    private static final Path FOLDER = Path.of("src/main/resources/console");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import) ?\\(?['\"](\\.[^'\"]+)['\"]");

    private static Listener listener;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void listen() throws IOException {
        listener = Listener.start("127.0.0.1", 0, Listener.Limits.USUAL, new Console()::addTo);
    }

    @AfterAll
    static void close() {
        listener.close();
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_file_of_the_folder_is_served_with_its_type(String file) throws Exception {
        HttpResponse<String> answer = get("/console/" + file);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Files.readString(FOLDER.resolve(file)));
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).doesNotContain("octet"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_module_that_a_file_imports_is_served(String file) throws Exception {
        Matcher imports = IMPORT.matcher(Files.readString(FOLDER.resolve(file)));
        while (imports.find()) {
            if (!imports.group(1).contains("$")) {
                URI wanted = URI.create("/console/" + file).resolve(imports.group(1));
                assertThat(get(wanted.getPath()).statusCode())
                        .as("%s imports %s", file, wanted)
                        .isEqualTo(200);
            }
        }
    }

    static List<String> files() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            files.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString())
                    .filter(name -> !name.equals("index.html"))
                    .sorted()
                    .forEach(names::add);
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "events", "events/m-1.2", "pipelines/web", "integrations/kargo-main/3", "nothing"})
    void a_path_of_a_page_answers_the_document(String path) throws Exception {
        HttpResponse<String> answer = get("/console/" + path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<div id=\"app\">");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "js/nothing.js",
                "js/%2e%2e/index.html",
                "vendor/lit-html/%2e%2e/package.json",
                "vendor/other/a.js",
                "css/base.css/"
            })
    void what_is_no_file_of_the_console_is_not_found(String path) throws Exception {
        assertThat(get("/console/" + path).statusCode()).isIn(400, 404);
    }

    @Test
    void the_pages_may_run_no_inline_code_and_stand_in_no_frame() throws Exception {
        assertThat(get("/console/").headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains(
                                "default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                        .doesNotContain("unsafe"));
        assertThat(Files.readString(FOLDER.resolve("index.html"))).doesNotContain("style=", "onclick", "<style");
    }

    @Test
    void a_file_that_the_browser_has_is_not_sent_again() throws Exception {
        HttpResponse<String> first = get("/console/js/main.js");
        String etag = first.headers().firstValue("etag").orElseThrow();
        HttpRequest again = HttpRequest.newBuilder(URI.create(listener.url() + "/console/js/main.js"))
                .header("If-None-Match", etag)
                .build();

        assertThat(HTTP.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(304);
    }

    @Test
    void a_browser_that_takes_gzip_gets_it() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(listener.url() + "/console/js/main.js"))
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<byte[]> answer = HTTP.send(request, BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(answer.body().length).isLessThan((int) Files.size(FOLDER.resolve("js/main.js")));
    }

    @Test
    void other_methods_are_refused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(listener.url() + "/console/"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).contains("the console's files answer GET, not this method");
    }

    @Test
    void the_bare_path_leads_to_the_console() throws Exception {
        HttpResponse<String> answer = get("/console");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("location")).contains("/console/");
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(listener.url() + path)).build(), BodyHandlers.ofString());
    }
}
