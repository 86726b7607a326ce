package io.signalbox.gateway.config;

import io.signalbox.gateway.config.QuotaSettings.Named;
import io.signalbox.gateway.config.QuotaSettings.Quota;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of the section {@code quotas}. */
final class QuotaKeys {
  static final KeyGroup GROUP = new KeyGroup("quotas");

  private static final Pattern NAMED = Pattern.compile("(\\S.*)=([0-9]{1,12})/([0-9]{1,12})");

  static final ConfigKey<Long> TENANT_PER_DAY =
      GROUP.key(
          "tenant_per_day",
          ValueTypes.count(0, 1_000_000_000_000L),
          "0",
          "Notifications that a tenant may send in a day of UTC, over all gateways on the ledger; 0"
              + " for no limit.");

  static final ConfigKey<Long> TENANT_PER_MONTH =
      GROUP.key(
          "tenant_per_month",
          ValueTypes.count(0, 1_000_000_000_000L),
          "0",
          "The same in a month of UTC.");

  static final ConfigKey<List<Named>> TENANTS =
      GROUP.key(
          "tenants",
          ValueTypes.type(
              "list",
              "tenant=day/month",
              "must be a list of tenants with their quotas of a day and of a month, such as"
                  + " shop=1000/20000; 0 for no limit",
              text -> ValueTypes.list(text, QuotaKeys::named)),
          "",
          "Tenants with quotas of their own, such as shop=1000/20000; instead of the two above.");

  private QuotaKeys() {}

  static QuotaSettings read(ConfigValues v) {
    return new QuotaSettings(
        new Quota(v.get(TENANT_PER_DAY), v.get(TENANT_PER_MONTH)), v.get(TENANTS));
  }

  private static Optional<Named> named(String text) {
    Matcher matcher = NAMED.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Named(
                matcher.group(1),
                new Quota(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)))))
        : Optional.empty();
  }
}
