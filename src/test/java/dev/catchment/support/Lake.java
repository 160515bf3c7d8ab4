package dev.catchment.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a lake as a reader sees them, who asks what docs/lake.md says. */
public final class Lake {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BLOCK = Pattern.compile("(?s)```sql\n(.*?)```");

    private final Path root;

    private Lake(Path root) {
        this.root = root;
    }

    public static Lake at(Path root) {
        return new Lake(root);
    }

    public Path root() {
        return root;
    }

    /** What docs/lake.md has of a program: first what prepares, then the queries. */
    public List<String> documented(String program, String moment) throws IOException {
        String text = Files.readString(Path.of("docs", "lake.md"));
        String section = text.split("\n## " + program + "\n")[1].split("\n## ")[0];
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(section);
        while (block.find()) {
            blocks.add(block.group(1).replace("{lake}", root.toString()).replace("{moment}", moment));
        }
        return blocks;
    }

    /** The rows of each documented query of DuckDB, and of another one, their values as text. */
    public List<List<String>> duckdb(String moment, String another) throws IOException, SQLException {
        List<String> blocks = new ArrayList<>(documented("DuckDB", moment));
        blocks.add(another);
        List<List<String>> found = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            for (String step : blocks.get(0).split(";\n")) {
                statement.execute(step);
            }
            for (String query : blocks.subList(1, blocks.size())) {
                found.add(rows(statement, query));
            }
        }
        return found;
    }

    private static List<String> rows(Statement statement, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    /** The manifest of the newest export; null if there is none. */
    public JsonNode latest() throws IOException {
        return Files.exists(root.resolve("latest.json")) ? manifest("latest.json") : null;
    }

    public JsonNode manifest(String path) throws IOException {
        return JSON.readTree(Files.readString(root.resolve(path)));
    }

    /** Paths of the files that the newest export lists. */
    public Set<String> listed() throws IOException {
        Set<String> paths = new TreeSet<>();
        latest().path("files").forEach(file -> paths.add(file.path("path").asText()));
        return paths;
    }

    /** Paths of the files that there are. */
    public Set<String> present() throws IOException {
        Set<String> paths = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> paths.add(root.relativize(file).toString()));
        }
        return paths;
    }

    /** What of the files that kept exports list is not as they say, and what is there that none lists. */
    public Set<String> problems() throws IOException {
        Set<String> known = new TreeSet<>(Set.of("latest.json"));
        Set<String> problems = new TreeSet<>();
        for (JsonNode export : latest().path("exports")) {
            known.add(export.path("path").asText());
            for (JsonNode file : manifest(export.path("path").asText()).path("files")) {
                Path path = root.resolve(file.path("path").asText());
                known.add(file.path("path").asText());
                if (!Files.exists(path)) {
                    problems.add(file.path("path").asText() + " is missing");
                } else if (!Sha256.of(Files.readAllBytes(path))
                                .equals(file.path("sha256").asText())
                        || Files.size(path) != file.path("bytes").asLong()) {
                    problems.add(file.path("path").asText() + " is another one");
                }
            }
        }
        present().stream().filter(path -> !known.contains(path)).forEach(path -> problems.add(path + " is of none"));
        return problems;
    }
}
