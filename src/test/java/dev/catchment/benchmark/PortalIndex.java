package dev.catchment.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Kinds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The portals of the world as a registry lists them, each with the host whose budget it uses and the pages that its kind gives, and
 * with a drawn number of datasets: the sizes are log-normal with a sigma of 1.8, as those of the 299 Socrata portals of 2022 are
 * (1.77; of 72 ArcGIS Hubs 1.23), and add up to what is asked for.
 */
record PortalIndex(List<WalkSimulator.Host> hosts, List<WalkSimulator.Source> sources, int known) {
    private static final double SIGMA = 1.8;
    /** Seconds to an answer, of every host. */
    private static final double LATENCY = 0.3;
    /** What no kind is declared for is taken for a portal that gives 100 records a page, and may be asked once a second. */
    private static final int PAGE = 100;

    private static final double GAP = 1;
    /** kB of one record: of CKAN those of the recorded answers, of all others those of the recorded Hubs. */
    private static final Map<String, Double> KILOBYTES = Map.of("ckan", 16.1);

    private static final double KILOBYTES_ELSEWHERE = 1.8;

    private record Portal(String host, String software) {}

    /** @param times so many of each portal; a host that a kind names stays one */
    static PortalIndex of(Path registry, long datasets, int times) throws IOException {
        Map<String, Kind> kinds = kinds();
        Random random = new Random(14);
        List<Portal> portals = read(registry);
        double[] sizes = new double[portals.size() * times];
        double sum = 0;
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.exp(SIGMA * random.nextGaussian());
            sum += sizes[i];
        }
        Map<String, Integer> numbers = new HashMap<>();
        List<WalkSimulator.Host> hosts = new ArrayList<>();
        List<WalkSimulator.Source> sources = new ArrayList<>();
        int known = 0;
        for (int i = 0; i < sizes.length; i++) {
            Portal portal = portals.get(i % portals.size());
            Kind kind = kinds.get(portal.software());
            known += kind == null ? 0 : 1;
            String shared = kind == null ? null : kind.polite().host();
            String host = shared != null ? shared : portal.host() + "/" + i / portals.size();
            double gap = kind == null ? GAP : kind.polite().gapMilliseconds() / 1e3;
            int number = numbers.computeIfAbsent(host, name -> {
                hosts.add(new WalkSimulator.Host(name, gap, LATENCY));
                return hosts.size() - 1;
            });
            int size = (int) Math.max(1, Math.round(sizes[i] * datasets / sum));
            double kilobytes = size * KILOBYTES.getOrDefault(kind == null ? "" : kind.kind(), KILOBYTES_ELSEWHERE);
            sources.add(new WalkSimulator.Source(number, requests(kind, size), size, kilobytes));
        }
        return new PortalIndex(hosts, sources, known);
    }

    /** With the empty page that ends a walk; a document is one request. */
    private static int requests(Kind kind, int datasets) {
        if (kind != null && kind.page().by().equals("single")) {
            return 1;
        }
        int page =
                kind == null || kind.page().size() == null ? PAGE : kind.page().size();
        return (datasets + page - 1) / page + 1;
    }

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new HashMap<>();
        new Kinds("kinds")
                .all().values().stream()
                        .map(Kinds.Declared::kind)
                        .filter(kind -> kind.match() != null && kind.match().software() != null)
                        .forEach(kind -> kind.match().software().forEach(software -> kinds.put(software, kind)));
        return kinds;
    }

    private static List<Portal> read(Path registry) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Portal> portals = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new ZstdInputStream(Files.newInputStream(registry)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode row = json.readTree(line);
                portals.add(new Portal(
                        host(row.path("link").asText()), row.at("/software/id").asText()));
            }
        }
        return portals;
    }

    private static String host(String link) {
        try {
            return Optional.ofNullable(URI.create(link.strip()).getHost()).orElse(link);
        } catch (IllegalArgumentException e) {
            return link; // a host of its own
        }
    }
}
