package dev.waybill.author;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.config.Problems;
import dev.waybill.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest {
    private final Disk disk = new FileDisk();

    @TempDir
    Path dir;

    @Test
    void a_file_is_made_with_its_directory_and_never_over_another() throws IOException {
        Path file = dir.resolve("integrations/crm/1.yaml");
        disk.create(file, "one");
        assertThatThrownBy(() -> disk.create(file, "two")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("one");
        assertThat(names(dir.resolve("integrations/crm"))).containsExactly("1.yaml");
    }

    @Test
    void of_many_who_make_one_file_at_once_one_gets_through() throws Exception {
        Path file = dir.resolve("1.yaml");
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> all = IntStream.range(0, 32)
                    .<Callable<Integer>>mapToObj(i -> () -> {
                        disk.create(file, "text " + i);
                        return i;
                    })
                    .toList();
            List<Integer> through = threads.invokeAll(all).stream()
                    .filter(one -> one.state() == Future.State.SUCCESS)
                    .map(Future::resultNow)
                    .toList();
            assertThat(through).hasSize(1);
            assertThat(file).hasContent("text " + through.getFirst());
            assertThat(names(dir)).containsExactly("1.yaml");
        }
    }

    @Test
    void a_file_is_replaced_only_while_it_holds_what_was_seen_and_keeps_its_rights() throws IOException {
        Path file = dir.resolve("web.yaml");
        Files.writeString(file, "before");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        assertThat(disk.replace(file, "other", "after")).isFalse();
        assertThat(file).hasContent("before");
        assertThat(disk.replace(file, "before", "after")).isTrue();
        assertThat(file).hasContent("after");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw-r--");
        Files.delete(file);
        assertThat(disk.replace(file, "after", "x")).isFalse();
        assertThat(names(dir)).isEmpty();
    }

    @Test
    void a_replaced_file_stays_its_owner_s_where_the_server_may_leave_it_so() throws IOException {
        Path file = dir.resolve("web.yaml");
        Files.writeString(file, "before");
        boolean mayGiveAway = true;
        try {
            Files.setAttribute(file, "unix:uid", 4711);
            Files.setAttribute(file, "unix:gid", 4712);
        } catch (FileSystemException notRoot) {
            mayGiveAway = false;
        }
        Assumptions.assumeTrue(mayGiveAway, "only root may give a file away");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(disk.replace(file, "before", "after")).isTrue();
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(4711);
        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(4712);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void a_link_stays_a_link() throws IOException {
        Path real = dir.resolve("real.yaml");
        Files.writeString(real, "before");
        Path link = Files.createSymbolicLink(dir.resolve("link.yaml"), real);
        assertThat(disk.replace(link, "before", "after")).isTrue();
        assertThat(link).isSymbolicLink().hasContent("after");
    }

    @Test
    void what_a_crash_leaves_before_a_file_is_put_in_its_place_is_no_file_of_the_workspace() throws IOException {
        Files.createDirectories(dir.resolve("pipelines"));
        Files.createDirectories(dir.resolve("integrations/crm"));
        Files.writeString(dir.resolve("pipelines/.web.yaml.0b5c.tmp"), "half a fi");
        Files.writeString(dir.resolve("integrations/crm/.2.yaml.0b5c.tmp"), "half a fi");
        Problems problems = new Problems();

        assertThat(WorkspaceFiles.read(dir, problems).texts()).isEmpty();
        assertThat(problems.sorted()).isEmpty();
        disk.create(dir.resolve("pipelines/web.yaml"), "whole");
        assertThat(dir.resolve("pipelines/web.yaml")).hasContent("whole");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
