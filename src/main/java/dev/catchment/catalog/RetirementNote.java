package dev.catchment.catalog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a crawl did not dare to do although it succeeded: noted on its run, and told at once, for it is not normal. */
final class RetirementNote {
    private static final Logger LOG = LoggerFactory.getLogger(RetirementNote.class);

    private RetirementNote() {}

    static void note(Crawl crawl, String sentence) {
        LOG.warn("{} region={}", sentence, crawl.order().region());
        crawl.note(sentence);
    }
}
