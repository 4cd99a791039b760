package org.millrace.bench;

/**
 * What one turn came to. The processor time says more than the clock where others use the machine.
 *
 * @param perSecond stages done each second
 * @param engine milliseconds of processor time for each stage, in the contender's JVM
 * @param database the same in PostgreSQL
 * @param commits transactions of the database for each stage
 */
record Turn(double perSecond, double engine, double database, double commits) {

  @Override
  public String toString() {
    return "%8.0f stages/s %8.2f ms of CPU, %.2f in the database and %.2f commits for each"
        .formatted(perSecond, engine, database, commits);
  }
}
