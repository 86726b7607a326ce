package io.signalbox.gateway.connection;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Another transport, whose servers ask the {@link Doors} about each connection. */
final class GuardedTransport implements Transport {
  private final Transport real;
  private final Doors doors;

  GuardedTransport(Transport real, Doors doors) {
    this.real = real;
    this.doors = doors;
  }

  @Override
  public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
    real.configure(options, domainSocket, bootstrap);
    bootstrap.handler(new Porter(doors));
  }

  /** Sees each connection on the thread that accepts it, before it is anybody's. */
  private static final class Porter extends ChannelInboundHandlerAdapter {
    private final Doors doors;

    Porter(Doors doors) {
      this.doors = doors;
    }

    @Override
    public void channelRead(ChannelHandlerContext server, Object accepted) {
      if (accepted instanceof Channel child && !doors.admit(server.channel(), child)) {
        child.unsafe().closeForcibly();
      } else {
        server.fireChannelRead(accepted);
      }
    }
  }

  @Override
  public boolean supportsDomainSockets() {
    return real.supportsDomainSockets();
  }

  @Override
  public boolean supportFileRegion() {
    return real.supportFileRegion();
  }

  @Override
  public boolean isAvailable() {
    return real.isAvailable();
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return real.unavailabilityCause();
  }

  @Override
  public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
    return real.convert(address);
  }

  @Override
  public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
    return real.convert(address);
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return real.ioHandlerFactory();
  }

  @Override
  public EventLoopGroup eventLoopGroup(
      int type, int threads, ThreadFactory threadFactory, int ioRatio) {
    return real.eventLoopGroup(type, threads, threadFactory, ioRatio);
  }

  @Override
  public DatagramChannel datagramChannel() {
    return real.datagramChannel();
  }

  @Override
  @SuppressWarnings("deprecation") // The interface names the type.
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return real.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return real.channelFactory(domainSocket);
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return real.serverChannelFactory(domainSocket);
  }

  @Override
  public void configure(DatagramChannel channel, DatagramSocketOptions options) {
    real.configure(channel, options);
  }

  @Override
  public void configure(
      ClientOptionsBase options, int connectTimeout, boolean domainSocket, Bootstrap bootstrap) {
    real.configure(options, connectTimeout, domainSocket, bootstrap);
  }
}
