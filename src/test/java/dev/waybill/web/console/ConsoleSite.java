package dev.waybill.web.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.waybill.e2e.SandboxProcess;
import dev.waybill.e2e.TestWorkspace;
import dev.waybill.e2e.WaybillProcess;
import dev.waybill.web.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A server with its console, its workspace and the sandbox behind it.
record ConsoleSite(WaybillProcess server, SandboxProcess sandbox, TestWorkspace workspace) implements AutoCloseable {
    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
    }

    /// A workspace that holds nothing but `waybill.yaml`.
    ///
    /// @param origins of the pages that the sandbox gives identifiers to
    static ConsoleSite empty(Path directory, String... origins) {
        SandboxProcess sandbox = SandboxProcess.start(directory, 20_000, List.of(origins));
        TestWorkspace workspace = TestWorkspace.create(directory.resolve("workspace"));
        return new ConsoleSite(WaybillProcess.start(directory, workspace), sandbox, workspace);
    }

    /// The pipeline `web` with the write key `wk_web`, and revision 1 of `kargo-main` in it.
    static ConsoleSite withLane(Path directory) {
        SandboxProcess sandbox = SandboxProcess.start(directory);
        TestWorkspace workspace = lane(directory, sandbox);
        return new ConsoleSite(WaybillProcess.start(directory, workspace), sandbox, workspace);
    }

    /// The same in a workspace that the server may only read.
    static ConsoleSite readOnly(Path directory) {
        SandboxProcess sandbox = SandboxProcess.start(directory);
        TestWorkspace workspace = lane(directory, sandbox);
        return new ConsoleSite(WaybillProcess.startReadOnly(directory, workspace), sandbox, workspace);
    }

    private static TestWorkspace lane(Path directory, SandboxProcess sandbox) {
        return TestWorkspace.create(directory.resolve("workspace"))
                .integration("kargo-main", 1, TestWorkspace.PARTNER, sandbox.events())
                .pipeline("web", "kargo-main", 1);
    }

    /// A tab that is signed in with the admin token, on the overview.
    Page signIn(Visitor person) {
        return signIn(person.open(url("")));
    }

    /// Signs in with the admin token where the form is shown.
    Page signIn(Page page) {
        button(page, "Use the admin token").click();
        page.getByLabel("Admin token").fill(token());
        button(page, "Sign in").click();
        page.locator("nav.nav").waitFor();
        return page;
    }

    private String token() {
        return read(server.data().resolve("admin-token")).strip();
    }

    /// The address of a page.
    ///
    /// @param path such as `events?live=yes`; empty for the overview
    String url(String path) {
        return server.url() + "/console/" + path;
    }

    /// Opens a page by its address and waits until it is there.
    void go(Page page, String path) {
        page.navigate(url(path));
        ready(page);
    }

    /// Waits until the page has loaded what it shows.
    static void ready(Page page) {
        page.locator("h1").first().waitFor();
    }

    /// A file of the workspace as it lies on disk.
    String file(String path) {
        return read(workspace.directory().resolve(path));
    }

    /// Sends an event to the pipeline `web`.
    void send(String call, String event) {
        server.send("web", call, event).ok();
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /// Opens a section of the mappings editor.
    static void section(Page page, String name) {
        page.locator(".sections button")
                .getByText(name, new Locator.GetByTextOptions().setExact(true))
                .click();
    }

    /// A part of the page by its name.
    static Locator region(Page page, String name) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        sandbox.close();
    }
}
