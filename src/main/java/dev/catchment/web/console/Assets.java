package dev.catchment.web.console;

import dev.catchment.text.Sha256;
import dev.catchment.web.api.Contract;
import dev.catchment.web.gate.Refused;
import dev.catchment.web.gate.WebRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Files that browsers load: ours, and those of the libraries that the build packs ({@code META-INF/resources/webjars}). */
public final class Assets {
    private static final Pattern FILE = Pattern.compile("/assets/((?:[\\w-]+/)*[\\w-]+(?:\\.[\\w-]+)*\\.(\\w+))");
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2");

    /** By the first folder: where the file lies in the jar of its library. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "htmx", "/META-INF/resources/webjars/htmx.org/2.0.7/dist/",
            "chart", "/META-INF/resources/webjars/chart.js/4.4.9/dist/",
            "swagger-ui", "/META-INF/resources/webjars/swagger-ui/5.17.14/");

    /** By their names: counted once. */
    private static final Map<String, String> ADDRESSES = new ConcurrentHashMap<>();

    private final Contract contract;

    public Assets(Contract contract) {
        this.contract = contract;
    }

    /** Where a page gets a file of ours. By its content: a browser may keep that of an earlier version for an hour. */
    public static String address(String name) {
        return ADDRESSES.computeIfAbsent(name, each -> {
            try (InputStream in = Assets.class.getResourceAsStream("/web/assets/" + each)) {
                return "/assets/" + each + "?v=" + Sha256.of(in.readAllBytes()).substring(0, 8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    public void contract(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(contract.json());
    }

    /** The page that shows the contract. */
    public void documentation(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "text/html; charset=utf-8");
        message.setHeader("Cache-Control", "no-store");
        try (InputStream in = Assets.class.getResourceAsStream("/web/api.html")) {
            message.setBody(in.readAllBytes());
        }
    }

    public void file(Exchange exchange) throws IOException {
        String path = exchange.getProperty("request", WebRequest.class).path();
        Matcher asked = FILE.matcher(path);
        if (!asked.matches() || !TYPES.containsKey(asked.group(2))) {
            throw Refused.notFound("There is no such file.");
        }
        String name = asked.group(1);
        String library = LIBRARIES.get(name.substring(0, Math.max(0, name.indexOf('/'))));
        String resource = library == null ? "/web/assets/" + name : library + name.substring(name.indexOf('/') + 1);
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw Refused.notFound("There is no such file.");
            }
            Message message = exchange.getMessage();
            message.removeHeaders("*");
            message.setHeader(Exchange.CONTENT_TYPE, TYPES.get(asked.group(2)));
            message.setHeader("Cache-Control", "public, max-age=3600");
            message.setBody(in.readAllBytes());
        }
    }
}
