package dev.waybill.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoWorkspaceTest {
    private static final URI SANDBOX = URI.create("http://127.0.0.1:9123");

    @TempDir
    private Path directory;

    @Test
    void it_points_at_the_sandbox() throws IOException {
        DemoWorkspace.write(directory, SANDBOX);

        assertThat(directory.resolve("integrations/kargo-demo/1.yaml"))
                .content()
                .contains("\n  ENDPOINT: http://127.0.0.1:9123/events\n")
                .contains("\n  SYNC_URL: http://127.0.0.1:9123/id\n")
                .doesNotContain("{sandbox}");
        assertThat(directory.resolve("pipelines/web.yaml"))
                .content()
                .contains("\nwriteKey: " + DemoWorkspace.WRITE_KEY + " ");
        assertThat(directory.resolve("waybill.yaml")).content().contains("\nallowPrivateEndpoints: true\n");
    }

    @Test
    void what_its_user_changed_stays() throws IOException {
        DemoWorkspace.write(directory, SANDBOX);
        Path pipeline = directory.resolve("pipelines/web.yaml");
        Files.writeString(pipeline, "changed");
        Files.delete(directory.resolve("waybill.yaml"));
        DemoWorkspace.write(directory, URI.create("http://127.0.0.1:1"));

        assertThat(pipeline).hasContent("changed");
        assertThat(directory.resolve("waybill.yaml")).exists();
        assertThat(directory.resolve("integrations/kargo-demo/1.yaml"))
                .content()
                .contains("127.0.0.1:9123");
    }
}
