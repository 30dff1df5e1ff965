package dev.waybill.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// For each test: when it fails, a picture of every open tab in `target/browser` and what the browser noted; in any
/// case no browser profile stays open.
public final class Browsing implements InvocationInterceptor, AfterEachCallback {
    private static final Path PICTURES = Path.of("target", "browser");
    private static final List<Visitor> OPEN = new ArrayList<>();
    private static final List<String> CLOSED_WITH = new ArrayList<>();

    static void opened(Visitor visitor) {
        OPEN.add(visitor);
    }

    /// A test's own try block closes its visitor before the failure is seen here: the picture is taken now, and thrown
    /// away when the test passes.
    static void closed(Visitor visitor) {
        if (OPEN.remove(visitor)) {
            CLOSED_WITH.add(visitor.toString());
            try {
                Files.createDirectories(PICTURES);
                visitor.photograph(PICTURES, "last-" + CLOSED_WITH.size());
            } catch (java.io.IOException e) {
                CLOSED_WITH.add("no picture: " + e);
            }
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<java.lang.reflect.Method> method,
            ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failed) {
            String name = context.getRequiredTestClass().getSimpleName() + "-"
                    + context.getDisplayName().replaceAll("\\W+", "_");
            Files.createDirectories(PICTURES);
            for (int i = 0; i < OPEN.size(); i++) {
                OPEN.get(i).photograph(PICTURES, name + "-" + i);
            }
            System.err.println("==== " + name + " failed; pictures are in " + PICTURES.toAbsolutePath());
            OPEN.forEach(System.err::println);
            CLOSED_WITH.forEach(System.err::println);
            throw failed;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List.copyOf(OPEN).forEach(Visitor::close);
        CLOSED_WITH.clear();
    }
}
