package io.signalbox.toolkit;

import io.signalbox.spi.ReasonClass;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider's documented codes and what they mean, as data. Looked up from the special to the
 * general: status with code, code alone, status alone, and last {@link #verdictOfStatus(int)}.
 */
public final class OutcomeTable {
  private final Map<String, Verdict> rows;

  private OutcomeTable(Map<String, Verdict> rows) {
    this.rows = Map.copyOf(rows);
  }

  /**
   * Begins a table.
   *
   * @return an empty one
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return what an answer means that is not the documented success}
   *
   * @param status of the answer
   * @param code the provider's own code; null if the answer had none
   */
  public Verdict verdict(int status, @Nullable String code) {
    if (code != null) {
      Verdict special = rows.get(key(status, code));
      if (special == null) {
        special = rows.get(codeKey(code));
      }
      if (special != null) {
        return special;
      }
    }
    Verdict general = rows.get(statusKey(status));
    return general == null ? verdictOfStatus(status) : general;
  }

  /**
   * {@return what a status means by itself} A provider's own 5xx is transient; 502, 504 and the
   * numbers from 520 on come from proxies in between, which do not know what happened behind them.
   * A success that was not understood is unknown as well. A redirect, a wrong path or a wrong media
   * type is a fault of the configuration.
   *
   * @param status of the answer
   */
  public static Verdict verdictOfStatus(int status) {
    return switch (status) {
      case 401, 402, 403, 404, 405, 406, 407, 415 -> Verdict.PROVIDER_FAULT;
      case 429 -> Verdict.THROTTLED;
      case 408, 425 -> Verdict.TRANSIENT;
      case 502, 504 -> Verdict.UNKNOWN;
      default -> verdictOfClass(status);
    };
  }

  private static Verdict verdictOfClass(int status) {
    if (status >= 300 && status < 400) {
      return Verdict.PROVIDER_FAULT;
    }
    if (status >= 400 && status < 500) {
      return Verdict.rejected(ReasonClass.INVALID_CONTENT);
    }
    return status >= 500 && status < 520 ? Verdict.TRANSIENT : Verdict.UNKNOWN;
  }

  private static String key(int status, String code) {
    return status + " " + code;
  }

  private static String codeKey(String code) {
    return "* " + code;
  }

  private static String statusKey(int status) {
    return status + " *";
  }

  /** Collects the rows of a table. */
  public static final class Builder {
    private final Map<String, Verdict> rows = new HashMap<>();

    private Builder() {}

    /**
     * A row for a code at one status only.
     *
     * @param status of the answer
     * @param code the provider's own
     * @param verdict what they mean
     * @return this
     */
    public Builder row(int status, String code, Verdict verdict) {
      return put(key(status, code), verdict);
    }

    /**
     * Rows for codes at any status.
     *
     * @param verdict what they mean
     * @param codes the provider's own
     * @return this
     */
    public Builder codes(Verdict verdict, String... codes) {
      for (String code : codes) {
        put(codeKey(code), verdict);
      }
      return this;
    }

    /**
     * Rows for statuses whatever their code.
     *
     * @param verdict what they mean
     * @param statuses of answers
     * @return this
     */
    public Builder statuses(Verdict verdict, int... statuses) {
      for (int status : statuses) {
        put(statusKey(status), verdict);
      }
      return this;
    }

    /**
     * Ends the table.
     *
     * @return the table
     */
    public OutcomeTable build() {
      return new OutcomeTable(rows);
    }

    private Builder put(String key, Verdict verdict) {
      if (rows.put(key, verdict) != null) {
        throw new IllegalArgumentException("two rows for " + key);
      }
      return this;
    }
  }
}
