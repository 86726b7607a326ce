/** So many that arrived in one tick and go on together. */
record Cohort(Kind kind, double count, int arrived) {
  Cohort part(double some) {
    return new Cohort(kind, some, arrived);
  }

  Cohort as(Kind other) {
    return new Cohort(other, count, arrived);
  }
}
