package dev.catchment.support;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Mails as the product sends them: the real routes on an empty real database, with a real SMTP server on the other end. Both
 * are kept for the next test of the class: the service if that has the same settings, the server unless it was stopped.
 */
public final class MailRig implements BeforeEachCallback {
    private static final Routes ROUTES = Routes.of("policy", "mail");
    private final Map<String, String> settings = new HashMap<>();
    private KeptService kept;
    private KeptServer server;

    private static final class KeptServer implements AutoCloseable {
        private GreenMail running;

        void start(int port) {
            running = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            running.start();
        }

        /** What it took, and whom it asks for a password. */
        void forget() {
            running.getUserManager().setAuthRequired(false);
            try {
                running.purgeEmailFromAllMailboxes();
            } catch (FolderException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            if (running != null) {
                running.stop();
                running = null;
            }
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestDatabase.empty();
        kept = KeptService.of(context, MailRig.class);
        server = KeptService.of(context, MailRig.class, "server", KeptServer::new, KeptServer.class);
        if (server.running == null) {
            server.start(0);
        } else {
            server.forget();
        }
        settings.clear();
        settings.put("policy.mail.host", "127.0.0.1");
        settings.put("policy.mail.port", String.valueOf(port()));
        settings.put("policy.mail.security", "none");
        settings.put("policy.mail.from", "Catchment <watch@catchment.example>");
        settings.put("policy.mail.timeout", "10s");
    }

    public int port() {
        return server.running.getSmtp().getPort();
    }

    public GreenMail server() {
        return server.running;
    }

    public void stopServer() {
        server.close();
    }

    /** The same address as before; what it took before is forgotten. */
    public void startServerAgain() {
        server.start(Integer.parseInt(settings.get("policy.mail.port")));
    }

    public MailRig set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Of the service, for one in a process of its own. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    public Service service() {
        return service(ROUTES);
    }

    /** That with other routes, as long as nobody asks for another one. */
    public Service service(Routes routes) {
        return kept.get(settings, Map.of(), routes);
    }

    /** A further service with the same settings, to be closed by the test. */
    public Service another(Routes routes) {
        return another(routes, Map.of());
    }

    /** @param secrets its environment */
    public Service another(Routes routes, Map<String, String> secrets) {
        return KeptService.start(settings, secrets, routes);
    }

    /** Sends what is due. */
    public void send() {
        send(service());
    }

    public static void send(Service service) {
        service.camel().createProducerTemplate().requestBody("direct:policy-alerts", "");
    }

    /** What the server took, in its order. */
    public List<MimeMessage> received() {
        return List.of(server.running.getReceivedMessages());
    }

    /** The parts of a mail: plain, and HTML. */
    public static List<String> parts(MimeMessage mail) throws Exception {
        Multipart parts = (Multipart) mail.getContent();
        return Stream.of(parts.getBodyPart(0), parts.getBodyPart(1))
                .map(MailRig::text)
                .toList();
    }

    private static String text(BodyPart part) {
        try {
            return part.getContent().toString().replace("\r\n", "\n");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
