package dev.waybill.workspace;

import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.workspace.WorkspaceReader.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A workspace that a test writes.
record WorkspaceFolder(Path dir) {
    static final String REVISION = """
            kit: kargo
            parameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events, SYNC_URL: https://crb.example/id}
            playbook: {events: {identify: {send: false}}}
            """;
    static final String PIPELINE = """
            writeKey: wk_demo
            origins: [https://www.example.com]
            integrations: [{integration: kargo-main, revision: 1}]
            """;

    /// Writes one pipeline that pins one revision.
    WorkspaceFolder valid() {
        return write("pipelines/web.yaml", PIPELINE).write("integrations/kargo-main/1.yaml", REVISION);
    }

    WorkspaceFolder write(String path, String text) {
        try {
            Files.createDirectories(dir.resolve(path).getParent());
            Files.writeString(dir.resolve(path), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Workspace> read(Problems problems) {
        return reader(Map.of()).read(dir, problems);
    }

    List<String> problems(Map<String, String> environment) {
        Problems problems = new Problems();
        reader(environment).read(dir, problems);
        return problems.sorted().stream().map(Problem::toString).toList();
    }

    static WorkspaceReader reader(Map<String, String> environment) {
        Variables variables = new FileSecrets(Path.of("/nowhere"), environment);
        return new WorkspaceReader(IntegrationCompiler::compile, variables, Endpoints.REQUIRED);
    }
}
