package dev.waybill.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoWorkspaceTest {
    private static final DemoSites SITES = new DemoSites(9122, URI.create("http://127.0.0.1:9123"));

    @TempDir
    private Path directory;

    @Test
    void it_points_at_the_sandbox() throws IOException {
        assertThat(DemoWorkspace.write(directory, SITES)).isEmpty();

        assertThat(directory.resolve("integrations/kargo-demo/1.yaml"))
                .content()
                .contains("\n  ENDPOINT: http://127.0.0.1:9123/events\n")
                .contains("\n  SYNC_URL: http://crb.localhost:9123/id\n")
                .doesNotContain("{sandbox}")
                .doesNotContain("{idUrl}");
        assertThat(directory.resolve("pipelines/web.yaml"))
                .content()
                .contains("\nwriteKey: " + DemoWorkspace.WRITE_KEY + " ")
                .contains("""

                        origins:
                          - http://shop.localhost:9122
                          - http://localhost:9122
                          - http://127.0.0.1:9122
                        """.substring(1));
        assertThat(directory.resolve("waybill.yaml")).content().contains("\nallowPrivateEndpoints: true\n");
    }

    @Test
    void what_its_user_changed_stays() throws IOException {
        DemoWorkspace.write(directory, SITES);
        Path pipeline = directory.resolve("pipelines/web.yaml");
        Files.writeString(pipeline, "changed");
        Files.delete(directory.resolve("waybill.yaml"));
        List<String> stale = DemoWorkspace.write(directory, new DemoSites(1, URI.create("http://127.0.0.1:2")));

        assertThat(stale)
                .containsExactly(
                        pipeline + " was written for other addresses: it lacks http://shop.localhost:1. Put it in, or"
                                + " remove the file and start again.",
                        directory.resolve("integrations/kargo-demo/1.yaml")
                                + " was written for other addresses: it lacks http://127.0.0.1:2. Put it in, or remove"
                                + " the file and start again.");
        assertThat(pipeline).hasContent("changed");
        assertThat(directory.resolve("waybill.yaml")).exists();
        assertThat(directory.resolve("integrations/kargo-demo/1.yaml"))
                .content()
                .contains("127.0.0.1:9123");
    }
}
