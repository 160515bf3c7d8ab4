package dev.catchment.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** An object storage that speaks S3 and asks for keys; an object is a file below the folder of its bucket. */
public final class ObjectStorage implements AutoCloseable {
    public static final String KEY = "lake-key";
    public static final String SECRET = "kept-to-itself";

    private final BlobStoreContext store;
    private final S3Proxy proxy;

    private ObjectStorage(BlobStoreContext store, S3Proxy proxy) {
        this.store = store;
        this.proxy = proxy;
    }

    public static ObjectStorage start(Path folder, String bucket) {
        try {
            Files.createDirectories(folder.resolve(bucket));
            Properties properties = new Properties();
            properties.setProperty("jclouds.filesystem.basedir", folder.toString());
            BlobStoreContext store = ContextBuilder.newBuilder("filesystem-nio2")
                    .credentials(KEY, SECRET)
                    .overrides(properties)
                    .build(BlobStoreContext.class);
            S3Proxy proxy = S3Proxy.builder()
                    .blobStore(store.getBlobStore())
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .ignoreUnknownHeaders(true)
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
                    .build();
            proxy.start();
            return new ObjectStorage(store, proxy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + proxy.getPort();
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        store.close();
    }
}
