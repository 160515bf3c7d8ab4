package dev.catchment.cli;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.http.HttpCall;
import dev.catchment.postgres.Database;
import dev.catchment.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Path;
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
            "WEB_PORT", "off",
            "LOG_LEVEL", "error");

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        CommandLine commands = Catchment.commandLine(ENVIRONMENT);
        PrintWriter nobody = new PrintWriter(Writer.nullWriter());
        commands.setOut(nobody).setErr(nobody).execute("runs");
        Settings settings = Settings.load(Path.of(ENVIRONMENT.get("CATCHMENT_HOME")), ENVIRONMENT);
        try (Database database = Database.unchecked(ENVIRONMENT.get("DATABASE_URL"), settings.pool());
                Service service = Service.start(settings, database, Map.of(), Routes.all())) {
            HttpCall call = new HttpCall("https://" + NOWHERE, Map.of(), body -> body, new CountDownLatch(1));
            service.ask("http-send", call);
        } catch (RuntimeException expected) {
            // There is no server.
        }
        for (String one :
                List.of("dev/catchment/cli/Catchment", "org/postgresql/Driver", "com/zaxxer/hikari/HikariConfig")) {
            loadBeside(one);
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
