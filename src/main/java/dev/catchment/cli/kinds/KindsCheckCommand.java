package dev.catchment.cli.kinds;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.flow.kind.KindFile;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.text.Utf8;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            "there is any."
        },
        footer = {"", "Example:", "  catchment kinds check kinds/my-portal.kind.yaml"})
final class KindsCheckCommand implements Callable<Integer> {
    private static final String END = ".kind.yaml";

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Files whose names end in .kind.yaml.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        List<Kinds.Declared> checked = new ArrayList<>();
        for (Path file : files) {
            checked.add(read(file));
        }
        if (files.isEmpty()) {
            checked.addAll(DeclaredKinds.of(Session.open(spec, false)).all().values());
        }
        List<KindFile.Problem> problems =
                checked.stream().flatMap(each -> Kinds.problems(each).stream()).toList();
        PrintWriter out = spec.commandLine().getOut();
        problems.forEach(out::println);
        if (problems.isEmpty()) {
            out.println(checked.size() == 1 ? "1 kind, no problem." : checked.size() + " kinds, no problem.");
        }
        out.flush();
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
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
