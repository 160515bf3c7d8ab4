package dev.catchment.support;

/** How the others lose a process that is at work: it may come back. */
public enum Loss {
    /** {@code kill -9}. */
    KILLED {
        @Override
        void begin(CrawlProcess process, Wire wire) {
            process.kill();
        }

        @Override
        void end(CrawlProcess process, Wire wire) {
            // it does not come back
        }
    },
    /** SIGSTOP, and for longer than its lease. */
    PAUSED {
        @Override
        void begin(CrawlProcess process, Wire wire) {
            process.pause();
        }

        @Override
        void end(CrawlProcess process, Wire wire) {
            process.resume();
        }
    },
    /** It lives and works, but nothing of it reaches the database. */
    PARTITIONED {
        @Override
        void begin(CrawlProcess process, Wire wire) {
            wire.cut();
        }

        @Override
        void end(CrawlProcess process, Wire wire) {
            wire.mend();
        }
    };

    abstract void begin(CrawlProcess process, Wire wire);

    abstract void end(CrawlProcess process, Wire wire);
}
