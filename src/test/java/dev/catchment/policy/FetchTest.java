package dev.catchment.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.DoorRig;
import dev.catchment.support.PageServer;
import dev.catchment.support.SeenRequest;
import dev.catchment.support.ServedPage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A visit as it should be. */
class FetchTest {
    @RegisterExtension
    static final DoorRig DOOR = new DoorRig();

    private PageServer server;

    @BeforeEach
    void serve() {
        server = DOOR.server().serve("/fees", ServedPage.html("<p>Fees</p>"));
    }

    @Test
    void a_page_comes_with_status_headers_and_body() {
        server.serve(
                "/fees", ServedPage.html("<p>Fees</p>").with("ETag", "\"1\"").with("Set-Cookie", "id=1"));
        PageVisit visit = DOOR.visit("/fees");
        assertThat(visit.failure()).isNull();
        assertThat(visit.fetched().status()).isEqualTo(200);
        assertThat(new String(visit.fetched().body(), StandardCharsets.UTF_8)).isEqualTo("<p>Fees</p>");
        assertThat(visit.fetched().headers())
                .containsEntry("etag", "\"1\"")
                .containsEntry("content-type", "text/html; charset=utf-8")
                .doesNotContainKeys("set-cookie", "user-agent", "accept");
        assertThat(visit.fetched().isRedirected()).isFalse();
        assertThat(visit.movedTo()).isNull();
        SeenRequest request = server.seen().get(1);
        System.err.println(request.headers());
    }
}
