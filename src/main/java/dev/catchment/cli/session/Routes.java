package dev.catchment.cli.session;

import dev.catchment.ops.ServiceNode;
import dev.catchment.settings.Settings.WrongSetting;
import dev.catchment.text.ResourceFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The route files that a process starts: to read one and to make its routes takes longer than many a command does. They are
 * named one by one, for Camel would unpack the whole jar for each pattern.
 *
 * @param files from the root of what this program brings along
 * @param isService whether it is the service, which serves those who ask for it and is managed
 * @param edited folder of a clone or an unpacked archive whose routes and statements take effect when they are edited; null: those
 *     that this program brings along
 */
public record Routes(List<String> files, boolean isService, Path edited) {
    private static final String END = ".camel.yaml";
    private static final String FLOOR = "shared/";
    /** To the network, by the word that asks for it: each makes a client, which takes its time. */
    private static final Map<String, String> DOORS =
            Map.of("http", "shared/http", "mail", "shared/mail|ops-mail", "alerts", "ops-alerts");

    private static final Pattern BEGINS_BY_ITSELF = Pattern.compile("web-.*|.*-(schedule|inbox|links)");
    /** The ledger, which every room writes. */
    private static final String LEDGER = "ops";

    /** Those of the service. */
    public static Routes all() {
        Stream<String> names = ResourceFolder.names("routes/").stream();
        Stream<String> shared = ResourceFolder.names("routes/" + FLOOR).stream().map(FLOOR::concat);
        return new Routes(
                Stream.concat(shared, names).map(name -> name.replace(END, "")).toList(), true, null);
    }

    /** Those that wait until they are asked. */
    public static Routes onDemand() {
        return new Routes(all().files.stream().filter(Routes::waits).toList(), false, null);
    }

    private static boolean waits(String file) {
        return file.startsWith(FLOOR) || !BEGINS_BY_ITSELF.matcher(file).matches();
    }

    /**
     * Those of some rooms, and of the ledger. The console can begin whatever an operator can: with {@code web}, what waits
     * in the other rooms until it is asked stays, and so do the links in mails.
     *
     * @param rooms separated by commas; blank: all
     * @throws WrongSetting if one of them is none
     */
    public Routes in(String rooms) {
        if (rooms.isBlank()) {
            return this;
        }
        List<String> wanted = ServiceNode.rooms(rooms);
        Set<String> known = files.stream()
                .filter(file -> !file.startsWith(FLOOR))
                .map(Routes::room)
                .filter(room -> !room.equals("mcp")) // a command of its own
                .collect(Collectors.toCollection(TreeSet::new));
        if (wanted.isEmpty()) {
            throw new WrongSetting(
                    "node.rooms=%s names no room. Rooms are %s; if node.rooms is empty, this node has all."
                            .formatted(rooms, String.join(", ", known)));
        }
        wanted.stream().filter(room -> !known.contains(room)).findFirst().ifPresent(room -> {
            throw new WrongSetting(
                    "node.rooms: there is no room %s. Rooms are %s; if node.rooms is empty, this node has all."
                            .formatted(room, String.join(", ", known)));
        });
        return new Routes(
                files.stream()
                        .filter(file -> file.startsWith(FLOOR)
                                || room(file).equals(LEDGER)
                                || wanted.contains(room(file))
                                || wanted.contains("web") && (waits(file) || file.endsWith("-links")))
                        .toList(),
                isService,
                edited);
    }

    private static String room(String file) {
        return file.substring(0, file.indexOf('-'));
    }

    /**
     * For a command, which does one thing in one room and ends.
     *
     * @param doors to the network that the room goes through
     */
    public static Routes of(String room, String... doors) {
        Map<String, String> closed = new HashMap<>(DOORS);
        List.of(doors).forEach(closed::remove);
        return new Routes(
                onDemand().files.stream()
                        .filter(file -> file.matches("(shared/|ops-|" + room + "-).*"))
                        .filter(file -> closed.values().stream().noneMatch(file::matches))
                        .toList(),
                false,
                null);
    }

    /** Whether some of them only read: on connections of their own. */
    boolean read() {
        return files.stream().anyMatch(file -> file.matches("(export|mcp|web)-.*"));
    }

    /** All but these. */
    public Routes without(String pattern) {
        return new Routes(files.stream().filter(file -> !file.matches(pattern)).toList(), isService, edited);
    }

    /** The same, from the files of a folder. @throws WrongSetting if they are not there */
    public Routes editedIn(Path home) {
        if (!Files.isDirectory(home.resolve("routes")) || !Files.isDirectory(home.resolve("sql/statements"))) {
            throw new WrongSetting(
                    "--dev needs the folders routes and sql of a clone or an unpacked archive, and there are none in %s."
                            .formatted(home));
        }
        return new Routes(files, isService, home);
    }

    /** All but those that answer over HTTP, for a service without a server. */
    Routes withoutServed() {
        return without("web-.*|.*-links");
    }

    /** Whether any of them answers over HTTP. */
    boolean isServed() {
        return !withoutServed().files.equals(files);
    }

    /** As Camel wants them. */
    String locations() {
        String from = edited == null ? "classpath:routes/" : "file:" + edited.resolve("routes") + "/";
        return files.stream().map(file -> from + file + END).collect(Collectors.joining(","));
    }
}
