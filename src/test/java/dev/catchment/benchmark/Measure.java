package dev.catchment.benchmark;

/** What something took. @param wal bytes of WAL written @param heap most heap in use at any time, in bytes */
record Measure(double seconds, long wal, long heap) {
    double perSecond(int rows) {
        return rows / seconds;
    }
}
