package dev.catchment.policy.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What stands at the edge of most pages: it is kept where it comes first, since the date of an edition often stands
 * nowhere else. It loses its page number, but not a number that is the same on each page.
 */
final class RunningHeads {
    private static final int EDGE = 3;
    private static final int FEWEST_PAGES = 3;
    private static final Pattern PAGE_NUMBER =
            Pattern.compile("(?i)\\bpage \\d+( of \\d+)?|^\\d{1,4}( of \\d{1,4})?$|^\\d{1,4} \\b|(?<=\\D) \\d{1,4}$");

    private final Set<String> running;

    private RunningHeads(Set<String> running) {
        this.running = running;
    }

    static List<String> once(List<List<String>> pages) {
        Map<String, Integer> pagesWith = new HashMap<>();
        for (List<String> page : pages) {
            Set<String> heads = new HashSet<>();
            IntStream.range(0, page.size()).filter(i -> isEdge(page, i)).forEach(i -> {
                heads.add(page.get(i));
                heads.add(unnumbered(page.get(i)));
            });
            heads.forEach(head -> pagesWith.merge(head, 1, Integer::sum));
        }
        pagesWith.values().removeIf(count -> count < FEWEST_PAGES || count * 2 <= pages.size());
        return new RunningHeads(pagesWith.keySet()).lines(pages);
    }

    private List<String> lines(List<List<String>> pages) {
        Set<String> said = new HashSet<>();
        List<String> lines = new ArrayList<>();
        for (List<String> page : pages) {
            for (int i = 0; i < page.size(); i++) {
                String head = head(page, i);
                if (head == null) {
                    lines.add(page.get(i));
                } else if (said.add(head)) {
                    lines.add(head);
                }
            }
        }
        return lines;
    }

    /** The running head a line is, null if it is none. A bare number is one at the very edge only: it may be a fee. */
    private String head(List<String> page, int i) {
        String line = page.get(i);
        if (!isEdge(page, i) || running.contains(line)) {
            return isEdge(page, i) ? line : null;
        }
        String head = unnumbered(line);
        boolean isBareAmongLines = head.isEmpty() && i > 0 && i < page.size() - 1;
        return running.contains(head) && !isBareAmongLines ? head : null;
    }

    private static boolean isEdge(List<String> page, int line) {
        return line < EDGE || line >= page.size() - EDGE;
    }

    private static String unnumbered(String line) {
        return CleanText.line(PAGE_NUMBER.matcher(line).replaceAll(" "));
    }
}
