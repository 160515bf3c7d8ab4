package dev.catchment.harvest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.catchment.flow.walk.RecordJudge;
import java.time.Instant;

/**
 * A record that can be stored; its components are what {@code harvest/upsert-page} reads.
 *
 * @param key that the source gives it
 * @param hash SHA-256 of its content
 * @param updatedAt when it changed last; null if it does not say
 * @param place its row in the walk, from 1
 */
public record HarvestedRecord(String key, String hash, Instant updatedAt, long place) implements RecordJudge.Good {
    @JsonIgnore
    @Override
    public String id() {
        return key;
    }

    @JsonIgnore
    @Override
    public String contentHash() {
        return hash;
    }
}
