package dev.catchment.support;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a {@link PageServer} was asked, how much of it at the same time, and how much it got rid of. */
final class PageTraffic {
    private final List<SeenRequest> seen = new ArrayList<>();
    private final Map<String, Integer> underWay = new HashMap<>();
    private final Map<String, Integer> most = new HashMap<>();
    private long sent;

    synchronized void begun(SeenRequest request) {
        seen.add(request);
        most.merge(request.host(), underWay.merge(request.host(), 1, Integer::sum), Math::max);
    }

    synchronized void ended(SeenRequest request) {
        underWay.merge(request.host(), -1, Integer::sum);
    }

    synchronized List<SeenRequest> seen() {
        return List.copyOf(seen);
    }

    synchronized int mostAtOnce() {
        return most.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    synchronized long sent() {
        return sent;
    }

    private synchronized void sent(int bytes) {
        sent += bytes;
    }

    OutputStream counted(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
                sent(length);
            }
        };
    }
}
