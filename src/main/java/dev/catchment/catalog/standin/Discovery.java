package dev.catchment.catalog.standin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.standin.Parameters;
import dev.catchment.flow.standin.RefusedRequest;
import dev.catchment.flow.standin.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Answers one request as the Discovery API does ({@code https://api.us.socrata.com/api/catalog/v1}): the shapes are
 * those of recorded answers of 2025, the rules those of its reference of 2024.
 */
final class Discovery {

    private static final String REGION = "aws-us-east-1-fedramp-prod";
    private static final String PATH = "/api/catalog/v1";
    private static final byte[] SEPARATOR = ",\n".getBytes(US_ASCII);

    private Discovery() {}

    static Answer answer(Request request, Records records, Fault fault) {
        return answered(request, records, fault).with("X-Socrata-Region", REGION);
    }

    private static Answer answered(Request request, Records records, Fault fault) {
        try {
            Parameters parameters = Parameters.parse(request.query());
            if (isRefusedToken(request, parameters)) {
                return Answer.json(
                        403,
                        "{\"code\":\"permission_denied\",\"error\":true,"
                                + "\"message\":\"Invalid app_token specified\"}");
            }
            if (!request.path().equals(PATH)) {
                throw new RefusedRequest(404, "not found");
            }
            return page(bent(Query.of(parameters), fault), records, fault);
        } catch (RefusedRequest e) {
            String said =
                    e.getMessage().replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
            return Answer.json(e.status(), "{\"error\":\"%s\"}".formatted(said));
        }
    }

    private static boolean isRefusedToken(Request request, Parameters parameters) {
        return DiscoveryStandIn.REFUSED_TOKEN.equals(request.headers().get("X-App-Token"))
                || parameters.all("$$app_token").contains(DiscoveryStandIn.REFUSED_TOKEN);
    }

    private static Query bent(Query query, Fault fault) {
        return fault != Fault.NOT_ADVANCING
                ? query
                : new Query(Optional.of(""), query.order(), query.offset(), query.limit(), query.filter());
    }

    private static Answer page(Query query, Records records, Fault fault) {
        long start = System.nanoTime();
        query.filter().domains().stream()
                .filter(domain -> !records.domains().contains(domain))
                .sorted()
                .findFirst()
                .ifPresent(domain -> {
                    throw new RefusedRequest(404, "Domain not found: " + domain);
                });
        List<StandInRecord> entries = new ArrayList<>(records.page(query));
        if (fault == Fault.UNSORTED) {
            Collections.reverse(entries);
        }
        if (fault == Fault.EMPTY_PAGE) {
            entries.clear();
        }
        int found = Math.min(records.count(query.filter()), Query.WINDOW);
        long millis = (System.nanoTime() - start) / 1_000_000;
        String tail = ("],\"resultSetSize\":%d,\"timings\":{\"serviceMillis\":%d,\"searchMillis\":[%d,%d]},"
                        + "\"warnings\":[]}")
                .formatted(found, millis, millis, 0);
        return Answer.json(200, assemble(records, entries, tail.getBytes(US_ASCII)));
    }

    /** One array of exactly the right size, into which the records are copied as they were read. */
    private static byte[] assemble(Records records, List<StandInRecord> entries, byte[] tail) {
        byte[] head = "{\"results\":[".getBytes(US_ASCII);
        long size = (long) head.length
                + tail.length
                + (long) SEPARATOR.length * Math.max(0, entries.size() - 1)
                + entries.stream().mapToLong(StandInRecord::length).sum();
        byte[] page = new byte[Math.toIntExact(size)];
        int at = append(page, 0, head);
        for (int i = 0; i < entries.size(); i++) {
            at = i == 0 ? at : append(page, at, SEPARATOR);
            records.copy(entries.get(i), page, at);
            at += entries.get(i).length();
        }
        append(page, at, tail);
        return page;
    }

    private static int append(byte[] page, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, page, at, bytes.length);
        return at + bytes.length;
    }
}
