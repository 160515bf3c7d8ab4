package dev.catchment.cli;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.http.HttpCall;
import dev.catchment.postgres.Database;
import dev.catchment.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.JarURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/**
 * Begins what commands begin, without a server and without a network, so that the JVM can write down which classes they
 * need. The launcher makes the archive of shared classes from that list: docs/performance.md.
 */
final class Rehearsal {
    /** Nobody listens there. */
    private static final String NOWHERE = "127.0.0.1:1";

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "CATCHMENT_HOME", "nowhere",
            "DATABASE_URL", "postgres://rehearsal@" + NOWHERE + "/rehearsal",
            "POSTGRES_CONNECTION_TIMEOUT", "1s",
            "CATALOG_CRAWL_ON_START", "never",
            "HTTP_MAX_RETRIES", "0",
            "LOG_LEVEL", "error");

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        int port = freePort();
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.put("WEB_PORT", String.valueOf(port));
        CommandLine commands = Catchment.commandLine(environment);
        PrintWriter nobody = new PrintWriter(Writer.nullWriter());
        commands.setOut(nobody).setErr(nobody).execute("runs");
        Settings settings = Settings.load(Path.of(ENVIRONMENT.get("CATCHMENT_HOME")), environment);
        try (Database database = Database.unchecked(ENVIRONMENT.get("DATABASE_URL"), settings.pool());
                Service service = Service.start(settings, database, Map.of(), Routes.all())) {
            HttpCall call = new HttpCall("https://" + NOWHERE, Map.of(), body -> body, new CountDownLatch(1));
            visit("http://127.0.0.1:%d/".formatted(port));
            service.ask("http-send", call);
        } catch (RuntimeException expected) {
            // There is no server.
        }
        for (String one :
                List.of("dev/catchment/cli/Catchment", "org/postgresql/Driver", "com/zaxxer/hikari/HikariConfig")) {
            loadBeside(one);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    /** An answer of any kind: what makes it is what a service needs. */
    private static void visit(String server) throws IOException {
        for (String page : List.of("health/live", "metrics", "")) {
            URLConnection asked = URI.create(server + page).toURL().openConnection();
            asked.setReadTimeout(10_000);
            try (InputStream answer = asked.getInputStream()) {
                answer.readAllBytes();
            } catch (IOException expected) {
                // There is no database.
            }
        }
    }

    /** Every class of a jar: which of them a server's answers need is not to be seen without one. */
    private static void loadBeside(String one) throws IOException {
        URL url = Rehearsal.class.getResource("/" + one + ".class");
        if (url.openConnection() instanceof JarURLConnection jar) {
            jar.getJarFile().stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF"))
                    .forEach(name -> load(name.replace(".class", "").replace('/', '.')));
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, Rehearsal.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError needsWhatIsNotHere) {
            // Then nothing else here needs it.
        }
    }
}
