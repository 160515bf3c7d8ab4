package dev.catchment.http;

import dev.catchment.errors.PermanentFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Holds what comes out of a packed body against what came over the wire: a small answer may unpack to fill a disk. */
final class UnpackedSize {
    /** Below it a ratio says nothing. */
    private static final long SMALL = 1L << 20;

    private static final String ATTRIBUTE = UnpackedSize.class.getName();

    private final int mostRatio;
    private long packed;
    private long unpacked;

    private UnpackedSize(int mostRatio) {
        this.mostRatio = mostRatio;
    }

    /** What is counted within the step that unpacks is packed, what is counted around it is not. */
    static void configure(HttpClientBuilder client, int mostRatio) {
        client.addExecInterceptorBefore(ChainElement.COMPRESS.name(), "unpacked", (request, scope, chain) -> {
            UnpackedSize size = new UnpackedSize(mostRatio);
            HttpContext context = scope.clientContext;
            context.setAttribute(ATTRIBUTE, size);
            return metered(chain.proceed(request, scope), size::spend);
        });
        client.addExecInterceptorAfter(ChainElement.COMPRESS.name(), "packed", (request, scope, chain) -> {
            UnpackedSize size = (UnpackedSize) scope.clientContext.getAttribute(ATTRIBUTE);
            return metered(chain.proceed(request, scope), bytes -> size.packed += bytes);
        });
    }

    private void spend(long bytes) {
        unpacked += bytes;
        if (unpacked > SMALL && unpacked > packed * mostRatio) {
            throw new PermanentFailure(
                    "The answer unpacks to more than %d times its size, unlike any portal's (%,d bytes came, and %,d are in them so far). Look at what its URL gives; a document in another form may help."
                            .formatted(mostRatio, packed, unpacked));
        }
    }

    private static ClassicHttpResponse metered(ClassicHttpResponse response, LongConsumer meter) {
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            response.setEntity(new HttpEntityWrapper(entity) {
                @Override
                public InputStream getContent() throws IOException {
                    return new Metered(super.getContent(), meter);
                }
            });
        }
        return response;
    }

    private static final class Metered extends FilterInputStream {
        private final LongConsumer meter;

        Metered(InputStream in, LongConsumer meter) {
            super(in);
            this.meter = meter;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            meter.accept(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            meter.accept(Math.max(read, 0));
            return read;
        }
    }
}
