package dev.catchment.policy.text;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Evaluator;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.QueryParser;

/** Writes elements as lines: a block or a row of a table each, list items with their marker. */
final class HtmlLines implements NodeFilter {
    private static final Set<String> BLOCKS = Set.of("option", "optgroup", "legend", "summary", "dt", "dd", "td", "th");

    private static final Set<String> CONTROLS = Set.of("a", "button", "label", "select");
    private static final Evaluator KEEPING_LINES = QueryParser.parse("pre, textarea");
    private static final Evaluator TABLE = QueryParser.parse("table");
    /** Tables that only lay the page out: what holds a table is no table of data. */
    private static final Evaluator FRAME =
            QueryParser.parse("table:has(table), table[role=presentation], table[role=none]");

    private final Set<Element> frames;
    /** Of the last item of each list: counted anew for each, a long list would take squared time. */
    private final Map<Element, Integer> numbers = new IdentityHashMap<>();

    private final StringBuilder lines = new StringBuilder();
    private String marker = "";

    private HtmlLines(Set<Element> frames) {
        this.frames = frames;
    }

    static String of(Element element) {
        Set<Element> frames = Collections.newSetFromMap(new IdentityHashMap<>());
        frames.addAll(element.select(FRAME));
        HtmlLines lines = new HtmlLines(frames);
        NodeTraversor.filter(lines, element);
        return lines.lines.append('\n').toString();
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode text) {
            write(text);
        } else if (node instanceof Element element) {
            if (depth > 0 && isRow(element)) {
                lines.append('\n').append(row(element)).append('\n');
                return FilterResult.SKIP_ENTIRELY;
            }
            if (isBlock(element)) {
                lines.append('\n');
            }
            if (isControl(element) && element.previousSibling() instanceof Element before && isControl(before)) {
                lines.append(' '); // two buttons are two, however close
            }
            marker = element.normalName().equals("li") ? marker(element) : marker;
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element && isBlock(element)) {
            lines.append('\n');
            marker = element.normalName().equals("li") ? "" : marker; // of an item without text
        }
        return FilterResult.CONTINUE;
    }

    private void write(TextNode text) {
        boolean isKept = text.parent() != null && text.parent().closest(KEEPING_LINES) != null;
        if (!text.isBlank() && !marker.isEmpty()) {
            lines.append(marker);
            marker = "";
        }
        lines.append(isKept ? text.getWholeText() : text.getWholeText().replaceAll("\\s+", " "));
    }

    private static boolean isBlock(Element element) {
        return element.isBlock() || element.normalName().equals("br") || BLOCKS.contains(element.normalName());
    }

    private static boolean isControl(Element element) {
        return CONTROLS.contains(element.normalName());
    }

    private String marker(Element item) {
        Element list = item.parent();
        if (list == null || !list.normalName().equals("ol")) {
            return "- ";
        }
        int number = numbers.containsKey(list) ? numbers.get(list) + 1 : number(item, list);
        numbers.put(list, number);
        return number + ". ";
    }

    private static int number(Element item, Element list) {
        long before = list.children().stream()
                .limit(item.elementSiblingIndex())
                .filter(sibling -> sibling.normalName().equals("li"))
                .count();
        String start = list.attr("start");
        return (int) before + (start.matches("\\d{1,6}") ? Integer.parseInt(start) : 1);
    }

    /** Of a table of data: of another the cells are blocks. */
    private boolean isRow(Element element) {
        if (!element.normalName().equals("tr") || element.childrenSize() < 2) {
            return false;
        }
        Element table = element.closest(TABLE);
        return table != null && !frames.contains(table);
    }

    /** An empty cell keeps its place, else a fee would move to another column unnoticed. */
    private static String row(Element row) {
        String cells =
                row.children().stream().map(cell -> CleanText.line(of(cell))).collect(Collectors.joining(" | "));
        return cells.matches("[ |]*") ? "" : cells;
    }
}
