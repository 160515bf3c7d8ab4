package dev.catchment.catalog;

import dev.catchment.catalog.asset.Asset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The spelling under which each agency of a portal is kept: the first one that was met, in this crawl or an earlier one.
 * It is kept here and not left to the statement, for two writers that meet two spellings at once do not see each other.
 */
final class AgencySpellings {
    private final Map<Key, String> names = new ConcurrentHashMap<>();

    private record Key(String domain, String nameKey) {}

    /** @param rows of {@code catalog/list-agencies} */
    AgencySpellings(List<Map<String, Object>> rows) {
        rows.forEach(row ->
                names.put(new Key((String) row.get("host"), (String) row.get("name_key")), (String) row.get("name")));
    }

    /** The asset with the kept spelling of its agency. */
    Asset settle(Asset asset) {
        if (asset.agency() == null) {
            return asset;
        }
        String kept = names.putIfAbsent(new Key(asset.domain(), asset.agencyKey()), asset.agency());
        return kept == null || kept.equals(asset.agency()) ? asset : asset.withAgency(kept);
    }
}
