package dev.catchment.catalog.agency;

import dev.catchment.flow.field.RecordFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds who publishes an asset. The API has no such field; in this order: the department field of the portal's own
 * metadata, the attribution, the publisher field of the portal's metadata. Where none holds a name, the agency is
 * unknown. The owner of an asset is a user account and never asked.
 */
public final class Agencies {

    private static final String ORDEN = "Información-de-la-Entidad_Orden";
    /** Names repeat: 31,599 assets have fewer than 5,000. A bound, so that odd input cannot fill the memory. */
    private static final int REMEMBERED = 20_000;

    private final AgencyKeys keys = AgencyKeys.load();
    private final Map<String, Agency> byText = new ConcurrentHashMap<>();

    public Agency of(String domain, List<RecordFields.Pair> metadata, String attribution) {
        Agency agency = first(keys.departments(domain, metadata));
        if (agency == Agency.UNKNOWN) {
            agency = named(attribution);
        }
        if (agency == Agency.UNKNOWN) {
            agency = first(keys.publishers(metadata));
        }
        return agency.withType(statedType(metadata));
    }

    private Agency first(List<String> candidates) {
        for (String candidate : candidates) {
            Agency agency = named(candidate);
            if (agency != Agency.UNKNOWN) {
                return agency;
            }
        }
        return Agency.UNKNOWN;
    }

    private Agency named(String text) {
        if (text == null) {
            return Agency.UNKNOWN;
        }
        Agency known = byText.get(text);
        if (known == null) {
            Optional<AgencyName> name = AgencyName.of(text);
            known = name.map(Agency::of).orElse(Agency.UNKNOWN);
            if (byText.size() < REMEMBERED) {
                byText.put(text, known);
            }
        }
        return known;
    }

    private static String statedType(List<RecordFields.Pair> metadata) {
        for (RecordFields.Pair pair : metadata) {
            if (pair.key().equals(ORDEN)) {
                return AgencyType.ofOrden(pair.value());
            }
        }
        return null;
    }
}
