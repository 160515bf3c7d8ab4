package dev.catchment.flow.kind;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.postgres.SqlMistake;
import dev.catchment.text.ResourceFolder;
import dev.catchment.text.Sha256;
import dev.catchment.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The kinds there are: those that this program brings along, and those of a folder, which win over them. The folder is looked
 * at whenever somebody asks, so that a kind dropped into it needs no restart.
 */
public final class Kinds {
    static final String END = ".kind.yaml";
    private static final String OURS = "kinds/";
    /** In place of the text of a file that cannot be read; no text has it. */
    private static final String UNREADABLE = "\0";

    private final Path folder;
    /** What this program brings along stays as it is. */
    private Map<String, String> ours;

    private Map<String, String> seen = Map.of();
    private Map<String, Declared> known = Map.of();

    /**
     * A kind with what its fields mean.
     *
     * @param mapping the select of its SQL file; null if it has none
     */
    public record Declared(KindFile file, String mapping) {
        public Kind kind() {
            return file.kind();
        }

        public String name() {
            return file.name();
        }

        /** Of the mapping: datasets made by another one are to be mapped again. */
        public String hash() {
            return Sha256.of(mapping);
        }

        public String declaration() {
            return file.declaration().toString();
        }
    }

    /** @param folder which may not exist; blank: those of this program alone */
    public Kinds(String folder) {
        this.folder = folder.isBlank() ? null : Path.of(folder);
    }

    /** All of them by name, those with problems too. */
    public synchronized Map<String, Declared> all() {
        Map<String, String> texts = texts();
        if (!texts.equals(seen)) {
            Map<String, Declared> read = new TreeMap<>();
            texts.forEach((name, text) -> {
                if (name.endsWith(END)) {
                    KindFile file = text.equals(UNREADABLE) ? KindFile.unreadable(name) : KindFile.read(name, text);
                    read.put(file.name(), new Declared(file, texts.get(file.name() + ".sql")));
                }
            });
            known = Map.copyOf(read);
            seen = texts;
        }
        return new TreeMap<>(known);
    }

    /** Those whose files can be read. */
    public List<Kind> readable() {
        return all().values().stream()
                .map(Declared::kind)
                .filter(Objects::nonNull)
                .toList();
    }

    /** @throws IllegalArgumentException if there is none, or its file is wrong, with what is wrong */
    public Declared get(String name) {
        Declared declared = all().get(name);
        if (declared == null) {
            throw new IllegalArgumentException(
                    "There is no kind %s. Kinds are %s.".formatted(name, String.join(", ", all().keySet())));
        }
        List<KindFile.Problem> problems = problems(declared);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.get(0).toString());
        }
        return declared;
    }

    /**
     * The database refused a kind.
     *
     * @throws PermanentFailure if its mapping is why; says where it is wrong
     * @throws Exception what failed, if that is not the mapping
     */
    public void refuse(String name, Exception failure) throws Exception {
        SqlMistake mistake = SqlMistake.of(failure, get(name).mapping());
        if (mistake == null) {
            throw failure;
        }
        throw new PermanentFailure("%s Correct it: 'catchment kinds check' says whether it can be used."
                .formatted(new KindFile.Problem(name + ".sql", mistake.line(), mistake.what())));
    }

    /** What is wrong with a kind: in its file, or that what its fields mean is not said. */
    public static List<KindFile.Problem> problems(Declared declared) {
        List<KindFile.Problem> problems = new ArrayList<>(declared.file().problems());
        if (problems.isEmpty() && declared.mapping() == null && declared.kind().room() == null) {
            String sql = declared.name() + ".sql";
            problems.add(new KindFile.Problem(
                    declared.name() + END,
                    0,
                    "%s is missing beside it: the select that says what its fields mean.".formatted(sql)));
        } else if (problems.isEmpty() && UNREADABLE.equals(declared.mapping())) {
            problems.add(KindFile.notRead(declared.name() + ".sql"));
        }
        return problems;
    }

    private Map<String, String> texts() {
        try {
            if (ours == null) {
                ours = ours();
            }
            Map<String, String> texts = new TreeMap<>(ours);
            if (folder != null && Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        String name = file.getFileName().toString();
                        if (isOfAKind(name)) {
                            read(file, name, texts);
                        }
                    }
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of kinds cannot be read: " + folder, e);
        }
    }

    private static Map<String, String> ours() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String name : ResourceFolder.names(OURS)) {
            if (isOfAKind(name)) {
                try (InputStream file = Kinds.class.getResourceAsStream("/" + OURS + name)) {
                    texts.put(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }

    /** What cannot be read is as if it were not there, or says so in place of its text: the other kinds are as good as ever. */
    private static void read(Path file, String name, Map<String, String> texts) {
        try {
            texts.put(name, Utf8.withoutMark(Files.readString(file)));
        } catch (NoSuchFileException e) {
            // It went while the folder was listed, or is a link to nothing.
        } catch (IOException e) {
            texts.put(name, UNREADABLE);
        }
    }

    /** Hidden files are those of editors and of copies under way. */
    private static boolean isOfAKind(String name) {
        return !name.startsWith(".") && (name.endsWith(END) || name.endsWith(".sql"));
    }
}
