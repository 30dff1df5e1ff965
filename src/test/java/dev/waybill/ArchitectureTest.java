package dev.waybill;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// Data flows one way: a package knows only those before it.
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.waybill");

    /// The packages in the order of the flow; each may know those above it in this list and none below.
    private static final List<String> FLOW = List.of(
            "json",
            "event",
            "outcome",
            "config",
            "yaml",
            "metrics",
            "data",
            "segments",
            "access",
            "dedup",
            "log",
            "transform",
            "expression",
            "playbook",
            "kit",
            "workspace",
            "consent",
            "decide",
            "compare",
            "fixture",
            "mask",
            "deliver",
            "onboard",
            "suppress",
            "identity",
            "ledger",
            "journal",
            "deadletter",
            "lane",
            "attention",
            "alert",
            "http",
            "browser",
            "collect",
            "dryrun",
            "author",
            "sandbox",
            "api",
            "console",
            "demo",
            "bench",
            "server",
            "cli");

    @Test
    void no_package_knows_one_that_comes_after_it_in_the_flow() {
        for (int i = 0; i < FLOW.size(); i++) {
            String[] later = FLOW.subList(i + 1, FLOW.size()).stream()
                    .map(name -> "dev.waybill." + name + "..")
                    .toArray(String[]::new);
            if (later.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage("dev.waybill." + FLOW.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later)
                        .check(CLASSES);
            }
        }
    }

    @Test
    void every_package_stands_in_the_flow() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src/main/java/dev/waybill"))) {
            Assertions.assertThat(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString()))
                    .allSatisfy(name -> Assertions.assertThat(FLOW).contains(name));
        }
    }

    @Test
    void packages_form_no_circle() {
        slices().matching("dev.waybill.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void only_the_packages_that_speak_http_to_clients_know_the_web_server() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.waybill.http..",
                        "dev.waybill.collect..",
                        "dev.waybill.api..",
                        "dev.waybill.console..",
                        "dev.waybill.sandbox..",
                        "dev.waybill.demo..",
                        "dev.waybill.bench..",
                        "dev.waybill.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.helidon..")
                .check(CLASSES);
    }

    @Test
    void only_deliver_and_the_demos_visitors_know_the_http_client() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.waybill.deliver..", "dev.waybill.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hc..")
                .check(CLASSES);
    }

    @Test
    void mapping_and_deciding_do_no_input_or_output_and_read_no_clock() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.waybill.playbook..", "dev.waybill.consent..", "dev.waybill.decide..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net.http..", "java.time.Clock", "io.helidon..")
                .check(CLASSES);
    }

    @Test
    void every_package_says_what_it_does() throws IOException {
        try (Stream<Path> folders = Files.walk(Path.of("src/main/java/dev/waybill"))) {
            Assertions.assertThat(folders.filter(Files::isDirectory))
                    .allSatisfy(folder -> Assertions.assertThat(folder.resolve("package-info.java"))
                            .exists());
        }
    }

    @Test
    void nothing_is_named_util_manager_helper_or_impl() {
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .check(CLASSES);
    }
}
