package dev.catchment.support;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.settings.Settings;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Mails as the product sends them: the real routes on an empty real database, with a real SMTP server on the other end. */
public final class MailRig implements BeforeEachCallback, AfterEachCallback {
    private final Map<String, String> settings = new HashMap<>();
    private GreenMail server;
    private Service service;

    @Override
    public void beforeEach(ExtensionContext context) {
        TestDatabase.empty();
        startServer(0);
        settings.clear();
        settings.put("policy.mail.host", "127.0.0.1");
        settings.put("policy.mail.port", String.valueOf(port()));
        settings.put("policy.mail.security", "none");
        settings.put("policy.mail.from", "Catchment <watch@catchment.example>");
        settings.put("policy.mail.timeout", "10s");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop();
        server.stop();
    }

    private void startServer(int port) {
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    public int port() {
        return server.getSmtp().getPort();
    }

    public GreenMail server() {
        return server;
    }

    public void stopServer() {
        server.stop();
    }

    /** The same address as before; what it took before is forgotten. */
    public void startServerAgain() {
        startServer(Integer.parseInt(settings.get("policy.mail.port")));
    }

    public MailRig set(String key, String value) {
        stop();
        settings.put(key, value);
        return this;
    }

    /** Of the service, for one in a process of its own. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    public Service service() {
        if (service == null) {
            service = another(Routes.of("policy", "mail"));
        }
        return service;
    }

    /** A further service with the same settings, to be closed by the test. */
    public Service another(Routes routes) {
        return another(routes, Map.of());
    }

    /** @param secrets its environment */
    public Service another(Routes routes, Map<String, String> secrets) {
        Settings current = Defaults.settings().with(settings);
        settings.keySet().forEach(current::get); // a key that is none is refused
        return Service.start(current, TestDatabase.get(), secrets, routes);
    }

    private void stop() {
        if (service != null) {
            service.close();
            service = null;
        }
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
        return List.of(server.getReceivedMessages());
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
