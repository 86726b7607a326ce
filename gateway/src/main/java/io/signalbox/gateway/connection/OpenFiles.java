package io.signalbox.gateway.connection;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** How many files, and so connections, the process may have open. */
public final class OpenFiles {
  private OpenFiles() {}

  /**
   * So many connections, or fewer: a quarter of the files is for the ledger and all else. Where the
   * JVM cannot tell how many there may be, as many as wanted.
   */
  public static int atMost(int wanted) {
    try {
      Object most =
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(
                  new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME),
                  "MaxFileDescriptorCount");
      return most instanceof Long files ? (int) Math.min(wanted, files / 4 * 3) : wanted;
    } catch (JMException e) {
      return wanted;
    }
  }
}
