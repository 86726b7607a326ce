package acme.mail;

import io.signalbox.spi.Channel;
import io.signalbox.spi.CheckResult;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import io.vertx.core.Future;
import java.util.Set;

/** The factory of the plugin that tests pack into jars. */
public final class MailFactory implements ProviderFactory {
  @Override
  public PluginDescriptor descriptor() {
    return new PluginDescriptor(
        "mail", "Mail", Set.of(Channel.EMAIL), Set.of(), "none", false, false);
  }

  @Override
  public Provider create(ProviderContext context) {
    return new Mail();
  }

  /** Does nothing, and is well. */
  static final class Mail implements Provider {
    @Override
    public Future<CheckResult> check() {
      return Future.succeededFuture(CheckResult.healthy("well"));
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
