package dev.waybill.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class SignInTest {
    private static final String PASSWORD = "correct horse battery";
    private static final PasswordHash HASH = PasswordHash.of(PASSWORD);

    @TempDir
    Path data;

    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final List<String> entries = new ArrayList<>();
    private Accounts accounts;

    @BeforeEach
    void open() throws Exception {
        UsersFile.of(data).change(users -> users.put("ann", new User("ann", Role.EDITOR, HASH)));
        accounts = Accounts.open(
                data,
                "t-1"::equals,
                (who, what, subject, from, to) -> entries.add(who + " | " + what + " | " + subject + " | " + to),
                () -> now);
        entries.clear();
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    private Sessions.Opened signIn() {
        return opened(accounts.signIn().byPassword("10.0.0.1", "ann", PASSWORD));
    }

    private static Sessions.Opened opened(SignIn.Result result) {
        assertThat(result).isInstanceOf(SignIn.Result.Open.class);
        return ((SignIn.Result.Open) result).opened();
    }

    @Test
    void a_session_ends_12_hours_after_its_last_use() {
        Sessions.Opened opened = signIn();
        now = now.plus(Sessions.IDLE).minusMillis(1);
        assertThat(accounts.sessions().find(opened.id())).isPresent();
        now = now.plus(Sessions.IDLE);
        assertThat(accounts.sessions().find(opened.id())).isEmpty();
    }

    @Test
    void to_ask_whether_a_session_holds_is_no_use_of_it() {
        Sessions.Opened opened = signIn();
        now = now.plus(Sessions.IDLE).minusMillis(1);
        assertThat(accounts.sessions().holds(opened.session())).isTrue();
        now = now.plusMillis(1);
        assertThat(accounts.sessions().holds(opened.session())).isFalse();
    }

    @Test
    void a_session_ends_7_days_after_the_sign_in_though_it_is_used() {
        Sessions.Opened opened = signIn();
        for (int hours = 0; hours < 7 * 24 - 6; hours += 6) {
            assertThat(accounts.sessions().find(opened.id())).isPresent();
            now = now.plus(Duration.ofHours(6));
        }
        now = now.plus(Duration.ofHours(6));
        assertThat(accounts.sessions().find(opened.id())).isEmpty();
    }

    @Test
    void a_further_session_of_a_name_ends_the_one_that_was_used_longest_ago() {
        List<Sessions.Opened> all = new ArrayList<>();
        for (int i = 0; i < Sessions.MOST_OF_ONE + 1; i++) {
            now = now.plusSeconds(1);
            all.add(opened(accounts.signIn().byToken("10.0.0.1", "t-1")));
        }
        assertThat(accounts.sessions().find(all.get(0).id())).isEmpty();
        assertThat(accounts.sessions().find(all.get(1).id())).isPresent();
        assertThat(accounts.sessions().size()).isEqualTo(Sessions.MOST_OF_ONE);
        assertThat(all).extracting(Sessions.Opened::id).doesNotHaveDuplicates();
    }

    @Test
    void ids_that_are_none_open_nothing() {
        signIn();
        for (String id : List.of("", "x", "x".repeat(43), "x".repeat(100_000), "\u0000".repeat(43))) {
            assertThat(accounts.sessions().find(id)).isEmpty();
        }
    }

    @Test
    void too_many_failures_from_an_address_must_wait_and_others_need_not() {
        for (int i = 0; i < 10; i++) {
            assertThat(accounts.signIn().byToken("10.0.0.1", "wrong")).isInstanceOf(SignIn.Result.Wrong.class);
        }
        assertThat(accounts.signIn().byToken("10.0.0.1", "t-1")).isEqualTo(new SignIn.Result.TooMany(60));
        opened(accounts.signIn().byToken("10.0.0.2", "t-1"));
        now = now.plusSeconds(60);
        opened(accounts.signIn().byToken("10.0.0.1", "t-1"));
        opened(accounts.signIn().byToken("10.0.0.1", "t-1"));
    }

    @Test
    void wrong_tokens_with_requests_count_as_failed_sign_ins_but_each_only_once() {
        for (int i = 0; i < 50; i++) {
            assertThat(accounts.signIn().refuse("10.0.0.1", "an-old-one")).contains(new SignIn.Result.Wrong());
        }
        assertThat(accounts.signIn().refuse("10.0.0.1", "t-1")).isEmpty();
        for (int i = 0; i < 10; i++) {
            assertThat(accounts.signIn().refuse("10.0.0.2", "guess-" + i)).contains(new SignIn.Result.Wrong());
        }
        assertThat(accounts.signIn().refuse("10.0.0.2", "t-1")).contains(new SignIn.Result.TooMany(60));
        assertThat(accounts.signIn().byToken("10.0.0.2", "t-1")).isEqualTo(new SignIn.Result.TooMany(60));
        assertThat(entries)
                .startsWith(
                        "admin token | sign-in failed | from 10.0.0.1 | null",
                        "admin token | sign-in failed | from 10.0.0.2 | null")
                .hasSize(13)
                .endsWith("admin token | sign-in blocked | from 10.0.0.2 | null");
        now = now.plusSeconds(60);
        assertThat(accounts.signIn().refuse("10.0.0.2", "t-1")).isEmpty();
    }

    @Test
    void guesses_do_not_shut_out_a_program_where_the_right_token_comes_from() {
        assertThat(accounts.signIn().refuse("10.0.0.1", "t-1")).isEmpty();
        for (int i = 0; i < 20; i++) {
            accounts.signIn().refuse("10.0.0.1", "guess-" + i);
        }
        assertThat(accounts.signIn().refuse("10.0.0.1", "t-1")).isEmpty();
    }

    @Test
    void a_try_that_was_not_looked_at_is_none() {
        SignInLimit limit = new SignInLimit(() -> now);
        for (int i = 0; i < 50; i++) {
            assertThat(limit.take("10.0.0.1", "ann")).isZero();
            limit.giveBack("10.0.0.1", "ann");
        }
    }

    @Test
    void an_ipv6_address_counts_by_its_first_64_bits() {
        for (int i = 0; i < 10; i++) {
            accounts.signIn().byToken("2001:db8:1:2::" + i, "wrong");
        }
        assertThat(accounts.signIn().byToken("2001:db8:1:2:ffff::1", "t-1")).isInstanceOf(SignIn.Result.TooMany.class);
        opened(accounts.signIn().byToken("2001:db8:1:3::1", "t-1"));
    }

    @Test
    void guesses_from_everywhere_lock_a_name_but_not_where_it_signs_in() {
        signIn();
        for (int i = 0; i < 10; i++) {
            accounts.signIn().byPassword("10.1.0." + i, "ann", "wrong");
        }
        assertThat(accounts.signIn().byPassword("10.2.0.1", "ann", PASSWORD)).isInstanceOf(SignIn.Result.TooMany.class);
        signIn();
    }

    @Test
    void an_unknown_name_is_as_wrong_as_a_wrong_password_and_is_not_written_down() {
        assertThat(accounts.signIn().byPassword("10.0.0.1", "nobody-at-all", PASSWORD))
                .isEqualTo(accounts.signIn().byPassword("10.0.0.1", "ann", "wrong"));
        assertThat(entries)
                .containsExactly(
                        "unknown name | sign-in failed | from 10.0.0.1 | null",
                        "ann | sign-in failed | from 10.0.0.1 | null");
    }

    @Test
    void failures_do_not_flood_the_journal() {
        for (int i = 0; i < 500; i++) {
            accounts.signIn().byToken("10.0." + i / 250 + "." + i % 250, "wrong");
        }
        assertThat(entries).hasSize(20);
        now = now.plusSeconds(60);
        accounts.signIn().byToken("10.9.9.9", "wrong");
        assertThat(entries.getLast()).isEqualTo("admin token | sign-in failed | from 10.9.9.9 | and 480 more before");
    }

    @Test
    void a_long_password_counts_to_its_end_and_accents_in_either_form() {
        String longer = "é".repeat(60) + "abcdef";
        PasswordHash hash = PasswordHash.of(longer);
        assertThat(hash.matches(longer)).isTrue();
        assertThat(hash.matches(longer + "x")).isFalse();
        assertThat(hash.matches("e\u0301".repeat(60) + "abcdef")).isTrue();
        assertThat(PasswordHash.NOBODYS.matches("")).isFalse();
        assertThat(new PasswordHash("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW").matches("U*U"))
                .isTrue();
        assertThat(hash.toString()).isEqualTo("PasswordHash[hidden]");
        assertThat(PasswordHash.problem("aaaaaaaaaaaaaaa")).isPresent();
        assertThat(PasswordHash.problem("with a\ttab in it")).isPresent();
        assertThat(PasswordHash.problem(PASSWORD)).isEmpty();
    }

    @Test
    void users_of_before_stay_while_the_file_is_broken_and_its_rights_are_told() throws Exception {
        Path file = data.resolve("users.yaml");
        Files.writeString(file, "users:\n  ann: {role: editor, pasword: secret-word}\n");
        assertThat(accounts.people().find("ann")).isPresent();
        assertThat(accounts.people().problems())
                .anyMatch(problem -> problem.toString()
                        .contains(
                                "users.yaml:2: users.ann.pasword: 'pasword' is no known key here; allowed: password, role."
                                        + " Did you mean 'password'?"));
        assertThat(accounts.people().problems())
                .noneMatch(problem -> problem.toString().contains("secret-word"));
        Files.delete(file);
        assertThat(accounts.people().find("ann")).isEmpty();
        Files.writeString(file, "users: {}\n");
        assertThat(accounts.people().problems())
                .anyMatch(problem ->
                        problem.toString().contains("take them from everybody but the owner: chmod 600 " + file));
    }

    @Test
    void a_session_that_can_not_be_written_down_is_not_opened() throws Exception {
        try (Accounts unwritten = Accounts.open(
                data,
                "t-1"::equals,
                (who, what, subject, from, to) -> {
                    throw new AuditFailedException("disk full", new IllegalStateException());
                },
                () -> now)) {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> unwritten.signIn().byToken("10.0.0.1", "t-1"))
                    .isInstanceOf(AuditFailedException.class);
            assertThat(unwritten.sessions().size()).isZero();
        }
    }
}
