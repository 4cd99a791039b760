package org.millrace.it;

import java.util.List;
import java.util.stream.Stream;

/**
 * The moments in the life of a transaction at which the server is halted, in their order. Each says
 * where in the server's own classes it lies, as Byteman has it.
 */
enum KillPoint {
  TAKEN("message taken", Place.listener("AFTER CALL beforeDelivery")),
  BEFORE_WORK("before the author's work", Place.work("AT ENTRY")),
  AFTER_WORK("after the author's work", Place.work("AT EXIT")),
  LOCKED("lock taken", Place.at(Place.INSTANCES, "lock", "AT EXIT")),
  STORED(
      "stored",
      Place.at("org.millrace.persistence.InstanceSql", "append", "AT EXIT"),
      Place.at("org.millrace.persistence.StoredDefinitions", "insert", "AT EXIT")),
  SENT("sent", Place.at(Place.PRODUCER, "doSendx", "AT EXIT")),
  BEFORE_PREPARE_BROKER("before prepare, broker", Place.broker("prepare", "AT ENTRY")),
  AFTER_PREPARE_BROKER("after prepare, broker", Place.broker("prepare", "AT EXIT")),
  BEFORE_PREPARE_DATABASE("before prepare, database", Place.database("prepare", "AT ENTRY")),
  AFTER_PREPARE_DATABASE("after prepare, database", Place.database("prepare", "AT EXIT")),
  DECIDED("decision written", Place.at(Place.LOG, "write_committed", "AT EXIT")),
  BEFORE_COMMIT_BROKER("before commit, broker", Place.broker("commit", "AT ENTRY")),
  AFTER_COMMIT_BROKER("after commit, broker", Place.broker("commit", "AT EXIT")),
  BEFORE_COMMIT_DATABASE("before commit, database", Place.database("commit", "AT ENTRY")),
  AFTER_COMMIT_DATABASE("after commit, database", Place.database("commit", "AT EXIT")),
  BEFORE_FORGET("before forget", Place.at(Place.LOG, "remove_committed", "AT ENTRY")),
  AFTER_FORGET("after forget", Place.at(Place.LOG, "remove_committed", "AT EXIT"));

  /** A line of code: any of the classes that exist there. */
  record Place(String type, String method, String location) {

    private static final String INSTANCES = "org.millrace.persistence.StoredInstances";
    private static final String PRODUCER =
        "org.apache.activemq.artemis.jms.client.ActiveMQMessageProducer";
    private static final String LOG =
        "com.arjuna.ats.internal.arjuna.objectstore.hornetq.HornetqObjectStoreAdaptor";

    private static Place[] at(String type, String method, String location) {
      return new Place[] {new Place(type, method, location)};
    }

    private static Place[] listener(String location) {
      return at(
          "org.apache.activemq.artemis.ra.inflow.ActiveMQMessageHandler", "onMessage", location);
    }

    private static Place[] work(String location) {
      return at(LedgerStage.class.getName(), "handle", location);
    }

    private static Place[] broker(String method, String location) {
      String parameters = method.equals("commit") ? "(javax.transaction.xa.Xid, boolean)" : "";
      return at(
          "org.apache.activemq.artemis.core.client.impl.ClientSessionImpl",
          method + parameters,
          location);
    }

    private static Place[] database(String method, String location) {
      return new Place[] {
        new Place("org.h2.jdbcx.JdbcXAConnection", method, location),
        new Place("org.postgresql.xa.PGXAConnection", method, location)
      };
    }
  }

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // A list that nobody can change.
  private final List<Place> places;

  KillPoint(String words, Place[]... places) {
    this.words = words;
    this.places = Stream.of(places).flatMap(Stream::of).toList();
  }

  List<Place> places() {
    return places;
  }

  @Override
  public String toString() {
    return words;
  }
}
