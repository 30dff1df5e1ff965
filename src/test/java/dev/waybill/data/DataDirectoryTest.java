package dev.waybill.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path temp;

    @Test
    void it_is_made_for_its_owner_only() throws Exception {
        Path root = temp.resolve("a/data");
        try (DataDirectory data = DataDirectory.open(root)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                    .isEqualTo("rwx------");
            assertThat(data.freeBytes()).isPositive();
            assertThat(data.log("web")).isEqualTo(root.resolve("log/web/0"));
            assertThat(data.lane("web", "kargo-main")).isEqualTo(root.resolve("lanes/web/kargo-main"));
        }
    }

    @Test
    void a_second_one_is_told_who_is_in_the_way_until_the_first_is_closed() throws Exception {
        try (DataDirectory first = DataDirectory.open(temp)) {
            assertThat(first.root()).isEqualTo(temp);
            assertThatThrownBy(() -> DataDirectory.open(temp))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessage(
                            "%s is in use by another Waybill; stop that one or choose another --data directory.", temp);
        }
        DataDirectory.open(temp).close();
    }

    @Test
    void another_process_holds_it_too() throws Exception {
        Path source = temp.resolve("Hold.java");
        Files.writeString(source, """
                class Hold {
                    public static void main(String[] args) throws Exception {
                        var lock = java.nio.channels.FileChannel.open(java.nio.file.Path.of(args[0]),
                                java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE).tryLock();
                        System.out.println(lock != null);
                        System.in.read();
                    }
                }
                """);
        Path root = Files.createDirectory(temp.resolve("data"));
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        source.toString(),
                        root.resolve("lock").toString())
                .start();
        try (var out = other.inputReader(UTF_8)) {
            assertThat(out.readLine()).isEqualTo("true");
            assertThatThrownBy(() -> DataDirectory.open(root)).isInstanceOf(DataDirectoryException.class);
        } finally {
            other.destroyForcibly().waitFor();
        }
        DataDirectory.open(root).close();
    }

    @Test
    void a_place_that_is_no_directory_is_named() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "");
        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageStartingWith("%s can't be used as data directory", file)
                .hasMessageEndingWith("choose a --data directory that this user may write.");
    }

    @Test
    void a_small_file_is_replaced_whole_and_only_its_owner_reads_it() throws Exception {
        Path file = temp.resolve("server.json");
        Files.writeString(temp.resolve("server.json.tmp"), "left over by a crash, and much longer");
        DurableFile.write(file, "one".getBytes(UTF_8));
        DurableFile.write(file, "two".getBytes(UTF_8));
        assertThat(file).hasContent("two");
        assertThat(temp.resolve("server.json.tmp")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
