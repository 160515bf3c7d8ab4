package dev.catchment.cli.kinds;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.flow.kind.KindFile;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.SqlMistake;
import dev.catchment.text.Utf8;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment kinds check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks declarations of kinds: those named, or all that the service would offer.",
            "Prints each problem with its file, its line and what is allowed; exits with 1 if",
            "there is any. What their SQL means only a database knows: without one it says",
            "that it was not checked."
        },
        footer = {"", "Example:", "  catchment kinds check kinds/my-portal.kind.yaml"})
final class KindsCheckCommand implements Callable<Integer> {
    private static final String END = ".kind.yaml";

    /** For a mapping that asks about its source. */
    private static final String SOURCE =
            "{\"name\":\"example\",\"url\":\"https://portal.example.org\",\"host\":\"portal.example.org\"}";

    private static final String RECORD = "[{\"key\":\"1\",\"raw\":{}}]";

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Files whose names end in .kind.yaml.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Session session = Session.open(spec, false);
        List<Kinds.Declared> checked = new ArrayList<>();
        for (Path file : files) {
            checked.add(read(file));
        }
        if (files.isEmpty()) {
            checked.addAll(DeclaredKinds.of(session).all().values());
        }
        List<KindFile.Problem> problems = new ArrayList<>(
                checked.stream().flatMap(each -> Kinds.problems(each).stream()).toList());
        String unchecked = checkMappings(session, checked, problems);
        PrintWriter out = spec.commandLine().getOut();
        problems.forEach(out::println);
        if (problems.isEmpty()) {
            out.print(checked.size() == 1 ? "1 kind, no problem." : checked.size() + " kinds, no problem.");
        }
        if (unchecked != null) {
            out.print("%s SQL was not checked: %s"
                    .formatted(problems.isEmpty() ? checked.size() == 1 ? " Its" : " Their" : "The", unchecked));
        }
        if (problems.isEmpty() || unchecked != null) {
            out.println();
        }
        out.flush();
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** @param problems takes what is wrong @return why nothing could be checked; null if it was */
    private static String checkMappings(Session session, List<Kinds.Declared> kinds, List<KindFile.Problem> problems) {
        List<Kinds.Declared> mappings = kinds.stream()
                .filter(each -> each.mapping() != null && Kinds.problems(each).isEmpty())
                .toList();
        if (mappings.isEmpty()) {
            return null;
        }
        if (!session.hasDatabase()) {
            return "there is no database. Start the service once, or set DATABASE_URL.";
        }
        try (Database database = session.readDatabase()) {
            mappings.forEach(each -> checkMapping(database, each, problems));
            return null;
        } catch (Database.Unusable e) {
            return e.getMessage();
        }
    }

    /** Maps a record that says nothing: what the database makes of it for that is taken back. */
    private static void checkMapping(Database database, Kinds.Declared kind, List<KindFile.Problem> problems) {
        String file = kind.name() + ".sql";
        try {
            database
                    .rows(
                            "harvest/describe-records",
                            Map.of(
                                    "name", kind.name(),
                                    "hash", kind.hash(),
                                    "declaration", kind.declaration(),
                                    "mapping", kind.mapping(),
                                    "source", SOURCE,
                                    "records", RECORD))
                    .stream()
                    .map(row -> row.get("problem"))
                    .filter(Objects::nonNull)
                    .forEach(problem -> problems.add(
                            new KindFile.Problem(file, 0, "a record that says nothing cannot be mapped: " + problem)));
        } catch (Database.Unusable e) {
            SqlMistake mistake = SqlMistake.of(e, kind.mapping());
            if (mistake == null) {
                throw e;
            }
            problems.add(new KindFile.Problem(file, mistake.line(), mistake.what()));
        }
    }

    private static Kinds.Declared read(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!name.endsWith(END) || !Files.isReadable(file)) {
            throw new IllegalArgumentException(
                    "Cannot read %s: it does not exist, or its name does not end in %s.".formatted(file, END));
        }
        Path mapping = file.resolveSibling(name.replace(END, ".sql"));
        return new Kinds.Declared(
                KindFile.read(name, Utf8.withoutMark(Files.readString(file))),
                Files.isReadable(mapping) ? Files.readString(mapping) : null);
    }
}
