package dev.catchment.export;

import dev.catchment.errors.Cause;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What a bucket answers: the text of an object, how it is, and what to do where it refuses. */
public final class LakeBucket {
    private static final String KEYS = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    private static final String OLDER =
            "The object storage does not know a part of the request. If it is of an older kind, set AWS_REQUEST_CHECKSUM_CALCULATION=when_required.";
    /** What S3 calls a failure, and what to do. */
    private static final Map<String, String> WHAT_TO_DO = Map.of(
            "NoSuchBucket",
                    "There is no such bucket. Make it, or name another one with --to or export.lake.to; if it is not one of AWS, see export.lake.endpoint and export.lake.path-style.",
            "AccessDenied",
                    "The key has no right to that. It needs s3:GetObject, s3:PutObject and s3:DeleteObject below the prefix, and s3:ListBucket on the bucket, without which what is absent cannot be told from what is forbidden.",
            "InvalidAccessKeyId", "The object storage does not know this access key. Look at " + KEYS + ".",
            "SignatureDoesNotMatch", "The secret does not belong to the access key. Look at " + KEYS + ".",
            "RequestTimeTooSkewed",
                    "The clock of this machine is more than 15 minutes away from that of the object storage. Set it by NTP.",
            "PermanentRedirect", "The bucket is in another region. Set export.lake.region to its own.",
            "AuthorizationHeaderMalformed", "The bucket is in another region. Set export.lake.region to its own.",
            "NotImplemented", OLDER,
            "XAmzContentSHA256Mismatch", OLDER,
            "EntityTooLarge", "A file is larger than the object storage takes at once.");

    private final String endpoint;

    /** @param endpoint of the object storage; empty: that of AWS */
    public LakeBucket(String endpoint) {
        this.endpoint = endpoint;
    }

    public String text(InputStream object) throws IOException {
        try (object) {
            return new String(object.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @param metadata what is kept beside it */
    public Map<String, Object> state(long bytes, Map<String, String> metadata) {
        Map<String, Object> state = new HashMap<>();
        state.put("bytes", bytes);
        state.put("sha256", metadata.get("sha256"));
        return state;
    }

    /**
     * Null if an object that was asked for, or is to go, is not there.
     *
     * @throws PermanentFailure if the object storage refuses; says what to do
     * @throws TransientFailure if it may well not refuse later
     */
    public Object absent(Throwable failure, LakeOrder to) {
        if (cause(failure) instanceof AwsServiceException answer) {
            String code = code(answer);
            // The answer to HEAD has no body that would say so.
            if ("NoSuchKey".equals(code) || answer.statusCode() == 404 && !"NoSuchBucket".equals(code)) {
                return null;
            }
        }
        return refuse(failure, to);
    }

    /**
     * What is put is there or was refused, whatever the status.
     *
     * @throws PermanentFailure if the object storage refuses; says what to do
     * @throws TransientFailure if it may well not refuse later
     */
    public Object refuse(Throwable failure, LakeOrder to) {
        Throwable cause = cause(failure);
        if (cause instanceof AwsServiceException answer) {
            String code = code(answer);
            throw refused(answer.statusCode(), code == null ? "HTTP " + answer.statusCode() : code, to);
        }
        if (cause instanceof SdkClientException) {
            throw unreachable(cause, to);
        }
        Throwable known = Cause.of(failure);
        throw known instanceof RuntimeException thrown ? thrown : new TransientFailure(known.getMessage(), known);
    }

    /** What the SDK says of it. */
    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && !(cause instanceof AwsServiceException)
                && !(cause instanceof SdkClientException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** What S3 calls it; null if the answer does not say. */
    private static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
    }

    private RuntimeException refused(int status, String code, LakeOrder to) {
        String said = "%s%s refused a request with %s (HTTP %d).".formatted(to.to(), at(), code, status);
        if (status == 429 || status >= 500 && !WHAT_TO_DO.containsKey(code)) {
            return new TransientFailure(said + " It may well take it later.", status, null);
        }
        return new PermanentFailure(
                said
                        + " "
                        + WHAT_TO_DO.getOrDefault(
                                code, "Look at the name of the bucket, export.lake.endpoint and export.lake.region."),
                status);
    }

    private String at() {
        return endpoint.isEmpty() ? "" : " at " + endpoint;
    }

    /** No answer came, or none was asked for. */
    private RuntimeException unreachable(Throwable failure, LakeOrder to) {
        String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        if (failure.getCause() instanceof IOException) {
            return new TransientFailure(
                    "%s%s cannot be reached: %s. Look at export.lake.endpoint, at the region, and at the network."
                            .formatted(to.to(), at(), failure.getCause().getMessage()),
                    failure);
        }
        return new PermanentFailure(
                "%s%s was not asked: %s Set %s, or what else the tools of AWS read keys from, and export.lake.region or AWS_REGION."
                        .formatted(to.to(), at(), said.endsWith(".") ? said : said + ".", KEYS));
    }
}
