package io.signalbox.loader.leak;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes the JDBC drivers of its own class loader off the JDK's list. That list shows a driver only
 * to classes of the driver's loader, so this class is defined once more in each plugin's.
 */
final class DriverSweep implements Supplier<List<String>> {

  /** Made by reflection. */
  DriverSweep() {}

  /** Takes them off, and returns the names of their classes. */
  @Override
  public List<String> get() {
    List<String> removed = new ArrayList<>();
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (driver.getClass().getClassLoader() == DriverSweep.class.getClassLoader()) {
        try {
          DriverManager.deregisterDriver(driver);
          removed.add(driver.getClass().getName());
        } catch (SQLException e) {
          throw new IllegalStateException("a driver cannot be taken off the list", e);
        }
      }
    }
    return removed;
  }
}
