package dev.catchment.policy.page;

import dev.catchment.text.Sha256;
import java.util.List;

/**
 * A page or paper as text.
 *
 * @param text a block, a row of a table or a sentence a line; ends with a line end, or is empty
 * @param hash SHA-256 of the words of the text without what its rules ignore; how they are broken into lines does not count
 * @param links where the text leads to, each once, in order of the page
 * @param linksHash SHA-256 of the links
 */
public record PageText(String text, String hash, List<String> links, String linksHash) {

    public PageText {
        links = List.copyOf(links);
    }

    public static PageText of(String text, List<String> links, Rules rules) {
        return new PageText(text, Sha256.of(rules.hashed(text)), links, Sha256.of(String.join("\n", links)));
    }
}
