package dev.catchment.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.Cli;
import dev.catchment.cli.CliRig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_keys");

    @BeforeEach
    void forget() throws Exception {
        RIG.execute("truncate web.api_keys; truncate web.users cascade");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0d", "0s", "59s", "-5d", "3651d", "999999999999d", "999999999999h", "soon", "", "1.5d"})
    void a_key_that_would_be_dead_or_for_ever_is_refused(String life) {
        Cli.Said said =
                RIG.run("keys", "create", "dashboard", "--expires=" + life).endsWith(2);
        assertThat(said.err()).contains("--expires takes a duration from 1m to 3650d, such as 12h or 90d.");
        assertThat(RIG.texts("select name from web.api_keys")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1m", "12h", "90d", "3650d"})
    void a_key_lives_as_long_as_it_says(String life) {
        RIG.run("keys", "create", "dashboard", "--expires", life).endsWith(0);
        assertThat(RIG.texts(
                        "select name from web.api_keys where expires_at > now() and expires_at <= now() + interval '"
                                + life + "'"))
                .containsExactly("dashboard");
    }

    @Test
    void a_name_means_one_valid_key() throws Exception {
        RIG.run("keys", "create", "dashboard").endsWith(0);
        assertThat(RIG.run("keys", "create", "dashboard").endsWith(2).err())
                .contains("There is a valid key called dashboard.", "'catchment keys revoke dashboard'");
        RIG.run("keys", "create", "deploy").endsWith(0);
        assertThat(RIG.run("keys", "revoke", "dashboard").endsWith(0).out()).contains("Revoked dashboard.");
        RIG.run("keys", "create", "dashboard").endsWith(0);
        assertThat(RIG.run("keys", "revoke", "dashboard").endsWith(0).out())
                .as("the one that is valid")
                .contains("Revoked dashboard.");
        assertThat(RIG.run("keys", "revoke", "dashboard").endsWith(0).out()).contains("dashboard was revoked before.");
        RIG.run("keys", "create", "dashboard", "--expires", "1m").endsWith(0);
        RIG.execute(
                "update web.api_keys set expires_at = now() - interval '1 s' where revoked_at is null and name = 'dashboard'");
        RIG.run("keys", "create", "dashboard").endsWith(0);
        assertThat(RIG.texts("select name from web.api_keys where revoked_at is null"))
                .as("one that has expired gives its name away, and is revoked")
                .containsExactlyInAnyOrder("dashboard", "deploy");
    }

    @Test
    void a_name_means_one_person_and_no_password_is_asked_for_in_vain() throws Exception {
        RIG.execute("insert into web.users (username, hashed_password, role) values ('mira', 'x', 'viewer')");
        assertThat(RIG.run("users", "create", "mira", "--role", "admin")
                        .endsWith(2)
                        .err())
                .contains("There is a person called mira.", "'catchment users passwd'");
        assertThat(RIG.texts("select role from web.users")).containsExactly("viewer");
    }
}
