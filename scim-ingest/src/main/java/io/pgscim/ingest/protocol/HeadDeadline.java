package io.pgscim.ingest.protocol;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.pgscim.ingest.IngestConfig;
import io.smallrye.config.SmallRyeConfig;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Has every connection that is accepted watched by a {@link HeadWatch}, up to so many. Neither
 * Quarkus nor Vert.x lets an application see a connection before its first request, which a slow
 * client never completes; this is the place that Netty has for it, and that {@link #enable} opens.
 */
public final class HeadDeadline extends ChannelInitializerExtension {
  private final IngestConfig.Limits limits =
      ConfigProvider.getConfig()
          .unwrap(SmallRyeConfig.class)
          .getConfigMapping(IngestConfig.class)
          .limits();

  private final AtomicInteger open = new AtomicInteger();

  /** Makes Netty ask for this class; it decides whether to when it opens its first connection. */
  public static void enable() {
    System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
  }

  @Override
  public void postInitializeServerChildChannel(Channel channel) {
    boolean room = open.incrementAndGet() <= limits.connections();
    channel.closeFuture().addListener(closed -> open.decrementAndGet());
    channel.pipeline().addFirst(room ? new HeadWatch(limits.headTime()) : new NoRoom());
  }

  /** Ends a connection as soon as it is there. */
  private static final class NoRoom extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.close();
    }
  }
}
