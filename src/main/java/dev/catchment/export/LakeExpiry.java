package dev.catchment.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What goes of a lake: exports that are too many, and what one that was interrupted has put. A file goes if none of the exports that stay
 * lists it.
 */
public final class LakeExpiry {
    /** Of an export that was interrupted: in no manifest that is found, maybe there. */
    private final Set<String> left = new LinkedHashSet<>();

    private final Map<String, String> leftByName = new HashMap<>();
    private final Set<String> expired = new LinkedHashSet<>();
    private final Set<String> doomed = new LinkedHashSet<>();
    private List<LakeManifest.Kept> exports = List.of();

    static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** An export that was interrupted has meant to put this. */
    void left(String path) {
        left.add(path);
        leftByName.put(last(path), path);
    }

    /** Where such a one has meant to put a file. @param name the last part of its path, which says what it holds */
    Optional<String> leftAs(String name) {
        return Optional.ofNullable(leftByName.get(name));
    }

    /** An export begins. @return what it may leave if it does not come to its end, but for its files */
    Set<String> begin(List<LakeManifest.Kept> before, LakeManifest.Kept own, int keep) {
        List<LakeManifest.Kept> all = new ArrayList<>(before);
        all.add(own);
        int tooMany = Math.max(0, all.size() - keep);
        all.subList(0, tooMany).forEach(one -> expired.add(one.path()));
        exports = List.copyOf(all.subList(tooMany, all.size()));
        // Of an export that nobody found, or of one that was too many and is not yet gone.
        left.stream()
                .filter(path -> path.startsWith("exports/") && !isKept(path))
                .forEach(expired::add);
        doomed.addAll(left);
        Set<String> paths = new LinkedHashSet<>(left);
        paths.addAll(expired);
        paths.add(own.path());
        return paths;
    }

    private boolean isKept(String path) {
        return exports.stream().anyMatch(one -> one.path().equals(path));
    }

    /** Those that stay, the new one last. */
    List<LakeManifest.Kept> exports() {
        return exports;
    }

    /** Paths of the manifests of exports that go. */
    public List<String> expired() {
        return List.copyOf(expired);
    }

    /** Paths of those of the exports before that stay; none if nothing goes. */
    public List<String> kept() {
        return doomed.isEmpty()
                ? List.of()
                : exports.subList(0, exports.size() - 1).stream()
                        .map(LakeManifest.Kept::path)
                        .toList();
    }

    /** All that the manifest of an export that goes lists may go. @param text null if it is gone */
    public void doom(String text) {
        LakeManifest gone = LakeManifest.read("The manifest of an export that is too many", text);
        if (gone != null) {
            gone.files().forEach(file -> doomed.add(file.path()));
        }
    }

    /** What one that stays lists may not. */
    public void spare(String text) {
        LakeManifest stays = LakeManifest.read("The manifest of an export that is kept", text);
        if (stays != null) {
            spare(stays.files());
        }
    }

    private void spare(List<LakeFile> files) {
        files.forEach(file -> doomed.remove(file.path()));
    }

    /** @param files of the new one @return what goes */
    Set<String> going(List<LakeFile> files) {
        spare(files);
        exports.forEach(one -> doomed.remove(one.path()));
        doomed.addAll(expired);
        return doomed;
    }

    /** The manifests first: what has none is no export any more. */
    List<String> doomed() {
        Set<String> paths = new LinkedHashSet<>(expired);
        paths.addAll(doomed);
        return new ArrayList<>(paths);
    }
}
