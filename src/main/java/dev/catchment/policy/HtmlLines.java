package dev.catchment.policy;

import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/** Writes elements as lines: a block or a row of a table each, list items with their marker. */
final class HtmlLines implements NodeFilter {
    private static final Set<String> BLOCKS = Set.of("option", "optgroup", "legend", "summary", "dt", "dd", "td", "th");

    private final StringBuilder lines = new StringBuilder();
    private String marker = "";

    private HtmlLines() {}

    static String of(Element element) {
        HtmlLines lines = new HtmlLines();
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
        boolean isKept = text.parent() != null && text.parent().closest("pre, textarea") != null;
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
        return element.normalName().matches("a|button|label|select");
    }

    private static String marker(Element item) {
        Element list = item.parent();
        if (list == null || !list.normalName().equals("ol")) {
            return "- ";
        }
        long before = list.children().stream()
                .limit(item.elementSiblingIndex())
                .filter(sibling -> sibling.normalName().equals("li"))
                .count();
        String start = list.attr("start");
        return (before + (start.matches("\\d{1,6}") ? Integer.parseInt(start) : 1)) + ". ";
    }

    /** Of a table that holds data; one that holds tables is a frame, and its cells are blocks. */
    private static boolean isRow(Element element) {
        if (!element.normalName().equals("tr")) {
            return false;
        }
        Element table = element.closest("table");
        return table != null
                && !table.attr("role").matches("presentation|none")
                && table.selectFirst("table table") == null
                && element.childrenSize() > 1;
    }

    /** An empty cell keeps its place, else a fee would move to another column unnoticed. */
    private static String row(Element row) {
        String cells =
                row.children().stream().map(cell -> CleanText.line(of(cell))).collect(Collectors.joining(" | "));
        return cells.matches("[ |]*") ? "" : cells;
    }
}
