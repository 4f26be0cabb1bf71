package io.pgscim.ingest.protocol;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.concurrent.Future;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection on which something arrives that does not become the head of a request in time:
 * it, and a TLS handshake before it. Being idle is another matter, because a byte now and then is
 * enough not to be. Everything here happens on the connection's event loop.
 */
final class HeadWatch extends ChannelInboundHandlerAdapter {
  private final Duration time;
  private Future<?> deadline;

  /** Requests whose head is here and whose answer is not complete. */
  private int underWay;

  HeadWatch(Duration time) {
    this.time = time;
  }

  /** Tells the watch of the request's connection, if it has one, that a head is complete. */
  static void arrived(RoutingContext context) {
    ChannelPipeline pipeline =
        ((ConnectionBase) context.request().connection()).channel().pipeline();
    HeadWatch watch = pipeline.get(HeadWatch.class);
    if (watch != null && pipeline.get(HttpRequestDecoder.class) == null) {
      // This is HTTP/2: what else comes need not be a request.
      watch.rest();
      pipeline.remove(watch);
    } else if (watch != null) {
      watch.rest();
      watch.underWay++;
      context.addEndHandler(sent -> watch.underWay--);
    }
    context.next();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    begin(context);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (underWay == 0 && deadline == null) {
      begin(context);
    }
    context.fireChannelRead(bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    rest();
    context.fireChannelInactive();
  }

  private void begin(ChannelHandlerContext context) {
    deadline =
        context.executor().schedule(() -> context.close(), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void rest() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
