package io.signalbox.toolkit;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.resolver.dns.DnsNameResolverException;
import io.signalbox.spi.Progress;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Names for the ways in which a client fails, whatever it speaks. Messages are ours, so that they
 * hold no secret.
 */
public final class Failures {
  private static final int MAX_CAUSES = 8;

  private Failures() {}

  /**
   * A failure before a connection stood.
   *
   * @param failure of a connection or a request
   * @param mayHaveWaited whether all connections were in use when the call began
   * @return an answer that certainly was not sent
   */
  public static HttpAnswer.Unanswered connecting(Throwable failure, boolean mayHaveWaited) {
    String code = UnansweredCodes.CONNECT_FAILED;
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      String found = connectCode(cause, mayHaveWaited);
      if (found != null) {
        code = found;
        break;
      }
      cause = cause.getCause();
    }
    return new HttpAnswer.Unanswered(Progress.NOT_CONNECTED, code, sentence(code));
  }

  private static @Nullable String connectCode(Throwable cause, boolean mayHaveWaited) {
    if (cause instanceof ConnectionPoolTooBusyException) {
      return UnansweredCodes.POOL_EXHAUSTED;
    }
    if (cause instanceof ConnectTimeoutException) {
      return UnansweredCodes.CONNECT_TIMEOUT;
    }
    if (cause instanceof TimeoutException) {
      return mayHaveWaited ? UnansweredCodes.POOL_EXHAUSTED : UnansweredCodes.CONNECT_TIMEOUT;
    }
    if (cause instanceof UnknownHostException || cause instanceof DnsNameResolverException) {
      return UnansweredCodes.DNS_FAILURE;
    }
    if (cause instanceof SSLException) {
      return UnansweredCodes.TLS_FAILURE;
    }
    if (cause instanceof NoRouteToHostException) {
      return UnansweredCodes.CONNECT_FAILED;
    }
    return cause instanceof ConnectException ? UnansweredCodes.CONNECTION_REFUSED : null;
  }

  /** A failure while the request or the answer was under way. */
  static HttpAnswer.Unanswered broken(Progress progress, Throwable cause) {
    String code;
    if (progress == Progress.ANSWER_BEGUN) {
      code = UnansweredCodes.ANSWER_TRUNCATED;
    } else if (cause instanceof PrematureChannelClosureException) {
      code = UnansweredCodes.CONNECTION_RESET;
    } else if (cause instanceof DecoderException || cause instanceof IllegalArgumentException) {
      code = UnansweredCodes.ANSWER_MALFORMED;
    } else {
      code = UnansweredCodes.CONNECTION_RESET;
    }
    return new HttpAnswer.Unanswered(progress, code, sentence(code));
  }

  private static String sentence(String code) {
    return switch (code) {
      case UnansweredCodes.CONNECTION_REFUSED -> "the connection was refused";
      case UnansweredCodes.CONNECT_TIMEOUT -> "no connection within the connect timeout";
      case UnansweredCodes.DNS_FAILURE -> "the host's name could not be resolved";
      case UnansweredCodes.TLS_FAILURE -> "the TLS handshake failed";
      case UnansweredCodes.POOL_EXHAUSTED -> "all connections are in use";
      case UnansweredCodes.ANSWER_TRUNCATED -> "the answer broke off";
      case UnansweredCodes.ANSWER_MALFORMED -> "the answer is not HTTP";
      case UnansweredCodes.CONNECTION_RESET -> "the connection broke before an answer began";
      default -> "the connection could not be made";
    };
  }
}
