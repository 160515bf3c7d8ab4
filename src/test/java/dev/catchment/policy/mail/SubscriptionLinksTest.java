package dev.catchment.policy.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.postgres.embedded.ServerPort;
import dev.catchment.support.MailRig;
import dev.catchment.support.MailRows;
import dev.catchment.support.TestDatabase;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages behind the links, over real HTTP. */
class SubscriptionLinksTest {
    /** All of the room but what starts by itself. */
    private static final Routes WITHOUT = Routes.all().in("policy").without("(?!shared/).*-(schedule|inbox)");

    @RegisterExtension
    final MailRig mail = new MailRig();

    private final HttpClient browser = HttpClient.newHttpClient();
    private String address;
    private Service service;

    @BeforeEach
    void serve() throws Exception {
        int port = ServerPort.free();
        address = "http://127.0.0.1:" + port + "/policy";
        mail.set("web.port", String.valueOf(port));
        mail.set("policy.links.url", "https://catchment.example/policy");
        service = mail.another(WITHOUT);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header(header, value)
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }

    private static String active() {
        return String.join(" ", TestDatabase.texts("select is_active from policy.route_subscriptions order by email"));
    }

    @Test
    void a_scanner_that_opens_the_link_confirms_nothing_and_the_button_does() throws Exception {
        String token = TestDatabase.text(
                "insert into policy.route_subscriptions (email) values ('reader@people.example') returning token");
        HttpResponse<String> page = get("/confirm/" + token);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<form method=\"post\"><button>Confirm</button>");
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase().startsWith("camel"));
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        assertThat(active()).isEqualTo("false");
        assertThat(post("/confirm/" + token).body()).contains("is confirmed");
        assertThat(active()).isEqualTo("true");
        assertThat(post("/confirm/" + token).statusCode()).as("again").isEqualTo(200);
    }

    @Test
    void one_click_of_a_mail_program_ends_the_subscriptions_of_the_mail_and_no_other() throws Exception {
        String first = MailRows.subscribed("a@people.example", null, "GB", null);
        String second = MailRows.subscribed("b@people.example", null, "US", null);
        MailRows.subscribed("c@people.example", null, "GB", null);
        String path = "/unsubscribe/" + first + "," + second;
        assertThat(get(path).body()).contains("<button>Unsubscribe</button>");
        assertThat(active()).isEqualTo("true true true");
        assertThat(post(path).statusCode()).isEqualTo(200);
        assertThat(active()).isEqualTo("false false true");
        assertThat(post(path).body()).as("again").contains("have ended");
        assertThat(post("/confirm/" + first).statusCode()).as("an old link").isEqualTo(410);
        assertThat(active()).isEqualTo("false false true");
    }

    private static String tokenOf(String address) {
        return TestDatabase.text("select token from policy.addresses where email = ?", address);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 26, 300})
    void one_click_ends_all_subscriptions_of_an_address_however_many(int subscriptions) throws Exception {
        for (int i = 0; i < subscriptions; i++) {
            MailRows.subscribed("Reader@people.example", null, null, "Visa <" + i + ">");
        }
        MailRows.subscribed("other@people.example", null, null, "Visa <0>");
        String path = "/unsubscribe/" + tokenOf("reader@people.example");
        HttpResponse<String> page = get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<button>Unsubscribe</button>", "visa type Visa &lt;" + (subscriptions - 1) + "&gt;</li>")
                .doesNotContain("people.example");
        assertThat(page.body().split("<li>")).hasSize(subscriptions + 1);
        assertThat(post(path).statusCode()).isEqualTo(200);
        assertThat(TestDatabase.texts("select email from policy.route_subscriptions where is_active"))
                .containsExactly("other@people.example");
        assertThat(get(path).body())
                .as("again")
                .contains("no longer have a subscription here")
                .doesNotContain("<button>");
        assertThat(post(path).statusCode()).as("again").isEqualTo(200);
    }

    @Test
    void a_link_of_an_older_mail_with_a_hundred_and_more_tokens_ends_them() throws Exception {
        StringBuilder tokens = new StringBuilder();
        for (int i = 0; i < 105; i++) {
            tokens.append(i == 0 ? "" : ",").append(MailRows.subscribed("a@people.example", null, null, "Visa " + i));
        }
        assertThat(post("/unsubscribe/" + tokens).statusCode()).isEqualTo(200);
        assertThat(TestDatabase.number("select count(*) from policy.route_subscriptions where is_active"))
                .isZero();
    }

    @Test
    void a_token_in_the_query_or_a_header_takes_no_place_of_that_of_the_path() throws Exception {
        String mine = MailRows.subscribed("a@people.example", null, "GB", null);
        String theirs = MailRows.subscribed("b@people.example", null, "US", null);
        assertThat(get("/unsubscribe/" + mine + "?token=" + theirs).body())
                .contains("to GB")
                .doesNotContain("to US");
        assertThat(get("/unsubscribe/" + mine, "token", theirs).body())
                .contains("to GB")
                .doesNotContain("to US");
        assertThat(post("/unsubscribe/" + mine + "?token=" + theirs + "&CamelHttpMethod=GET")
                        .statusCode())
                .isEqualTo(200);
        assertThat(active()).isEqualTo("false true");
    }

    @Test
    void a_token_that_nobody_has_is_said_before_anything_is_asked() throws Exception {
        String unknown = "00000000-0000-4000-8000-000000000000";
        String address = tokenOfNew("a@people.example");
        for (String path : new String[] {"/confirm/" + unknown, "/unsubscribe/" + unknown, "/confirm/" + address}) {
            HttpResponse<String> page = get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(404);
            assertThat(page.body()).contains("no such subscription").doesNotContain("<button>");
        }
    }

    private static String tokenOfNew(String address) {
        MailRows.subscribed(address, null, null, null);
        return tokenOf(address);
    }

    @Test
    void what_is_no_token_reaches_no_database() throws Exception {
        for (String token : new String[] {"x", "%24%7Bbody%7D", "a'b", "1)%20or%20(1", "0".repeat(36)}) {
            assertThat(get("/confirm/" + token).statusCode()).as(token).isEqualTo(404);
            assertThat(post("/unsubscribe/" + token).statusCode()).as(token).isEqualTo(404);
        }
        String unknown = "00000000-0000-4000-8000-000000000000";
        assertThat(post("/confirm/" + unknown).statusCode()).isEqualTo(404);
        assertThat(post("/unsubscribe/" + unknown).statusCode()).isEqualTo(404);
        assertThat(post("/confirm/" + unknown + "," + unknown).statusCode()).isEqualTo(404);
    }

    @Test
    void a_database_that_is_out_of_order_is_said_in_words_and_keeps_the_subscription() throws Exception {
        String token = MailRows.subscribed("a@people.example", null, "GB", null);
        TestDatabase.execute("alter table policy.route_subscriptions add constraint brake check (is_active)");
        try {
            HttpResponse<String> page = post("/unsubscribe/" + token);
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("try again later").doesNotContain("brake", "Exception");
        } finally {
            TestDatabase.execute("alter table policy.route_subscriptions drop constraint brake");
        }
    }

    @Test
    void no_door_is_opened_unless_it_is_asked_for() {
        service.close();
        String port = String.valueOf(URI.create(address).getPort());
        mail.set("web.port", "off");
        service = mail.another(WITHOUT);
        assertThatThrownBy(() -> get("/confirm/x")).isInstanceOf(ConnectException.class);
        service.close();
        mail.set("web.port", port);
        service = mail.another(Routes.onDemand());
        assertThatThrownBy(() -> get("/confirm/x"))
                .as("a command beside the service")
                .isInstanceOf(ConnectException.class);
    }
}
