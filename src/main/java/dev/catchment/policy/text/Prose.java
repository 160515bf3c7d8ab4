package dev.catchment.policy.text;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/** What an element says apart from what can be clicked. */
final class Prose implements NodeFilter {
    private static final Set<String> CLICKED = Set.of("a", "button", "label", "select");

    private int length;

    private Prose() {}

    /** Characters, white space not counted. */
    static int length(Element element) {
        Prose prose = new Prose();
        NodeTraversor.filter(prose, element);
        return prose.length;
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode text) {
            length += (int) text.getWholeText().chars().filter(c -> c > ' ').count();
        }
        return CLICKED.contains(node.nodeName()) ? FilterResult.SKIP_ENTIRELY : FilterResult.CONTINUE;
    }
}
